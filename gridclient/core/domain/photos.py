"""A photograph's record. The picture is a file of its own, kept encrypted and named by its hash."""

from gridclient.core.domain import work_codes
from gridclient.core.domain.declaration import Kind, Place, Type, code, plain, ref, text


class Photo(
    Kind,
    kind="photo",
    zh="照片",
    en="Photo",
    place=Place.BUILDING,
    within="household",
    also_within=("visit", "matter"),
    stage=2,
    written_once=True,
):
    """One picture of a household, a visit or a matter; place and camera are stripped before it is stored."""

    household = ref("户", "Household", "household")
    visit = ref("走访", "Visit", "visit")
    matter = ref("诉求", "Matter", "matter")
    digest = text("文件", "SHA-256", 64, required=True)
    size = plain(Type.NUMBER, "大小", "Bytes")
    taken = plain(Type.INSTANT, "拍摄时间", "Taken")
    sort = code("哪种", "Sort", work_codes.PHOTO_SORT)
    note = text("说明", "Note", 200, sensitivity=1)
