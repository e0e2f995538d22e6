"""What grows out of many matters, and what is known about how to get things done."""

from gridclient.core.domain import codes, work_codes
from gridclient.core.domain.declaration import DESK_ROLES, Kind, Merge, Place, Type, code, plain, ref, text


class Project(Kind, kind="project", zh="民生项目", en="Project", place=Place.COMMONS, writers=DESK_ROLES):
    """问题清单 becomes 成果清单: a trouble, who answers for it, what came of it."""

    title = text("项目", "Title", 100, required=True, search=True)
    number = text("编号", "Number", 20)
    trouble = text("问题", "Trouble", 1000, search=True)
    matters = ref("来自诉求", "Matters", "matter", merge=Merge.SET)
    progress = code("进度", "Progress", work_codes.PROJECT_STAGE)
    owner = text("责任人", "Owner", 50)
    deputy = text("监督代表", "Deputy", 50)
    due = plain(Type.DATE, "计划完成", "Due")
    budget = plain(Type.NUMBER, "资金（元）", "Budget in yuan")
    result = text("成果", "Result", 1000, search=True)


class Guide(Kind, kind="guide", zh="办事指南", en="Guide", place=Place.COMMONS, writers=DESK_ROLES):
    """How to get one thing done: papers, place, telephone."""

    title = text("事项", "Title", 60, required=True, search=True)
    category = code("类别", "Category", codes.MATTER_CATEGORY)
    body = text("怎么办", "How", 4000, search=True)
    papers = text("要带什么", "Papers", 1000, search=True)
    office = text("在哪办", "Where", 200, search=True)
    phone = plain(Type.PHONE, "电话", "Phone", search=True)
