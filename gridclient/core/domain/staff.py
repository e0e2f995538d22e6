"""Who works in the community and where: worker, assignment."""

from gridclient.core.domain import codes, work_codes
from gridclient.core.domain.declaration import SUPERVISOR_ONLY, Kind, Place, Type, code, plain, ref, text


class Worker(Kind, kind="worker", zh="工作人员", en="Worker", place=Place.COMMONS, writers=SUPERVISOR_ONLY):
    """A person of the community's staff."""

    name = text("姓名", "Name", 50, required=True, search=True)
    role = code("身份", "Role", codes.ROLE, required=True)
    badge = text("工号", "Badge number", 20)
    phone = plain(Type.PHONE, "工作电话", "Phone", search=True)
    hours = text("接听时间", "Hours", 40)
    sort = code("类别", "Sort", work_codes.WORKER_SORT)
    mentor = ref("师傅", "Mentor", "worker")
    since = plain(Type.DATE, "到岗", "Since")
    until = plain(Type.DATE, "离岗", "Until")


class Assignment(
    Kind, kind="assignment", zh="分工", en="Assignment", place=Place.COMMONS, writers=SUPERVISOR_ONLY
):
    """A worker's charge of a grid from one day to another; without an end it goes on."""

    worker = ref("工作人员", "Worker", "worker", required=True)
    grid = ref("网格", "Grid", "grid", required=True)
    since = plain(Type.DATE, "从", "From", required=True)
    until = plain(Type.DATE, "到", "To")


def active(since: str | None, until: str | None, today: str) -> bool:
    """Whether an assignment holds on a day (`YYYY-MM-DD`, both ends included)."""
    return (not since or since <= today) and (not until or today <= until)
