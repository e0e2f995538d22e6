"""Who lives behind a door: household and resident."""

from gridclient.core.domain import codes, national_codes, work_codes
from gridclient.core.domain.declaration import Kind, Merge, Place, Type, code, plain, ref, text


class Household(Kind, kind="household", zh="户", en="Household", place=Place.BUILDING, within="dwelling"):
    """People who live together; several can share a dwelling."""

    dwelling = ref("房屋", "Dwelling", "dwelling", required=True)
    head = ref("户主", "Head", "resident")
    phone = plain(Type.PHONE, "户主电话", "Phone", sensitivity=1, search=True, headers="户主联系方式")
    moved_in = plain(Type.DATE, "搬来时间", "Moved in", headers="入住时间 入住日期")
    sort = code("类别", "Class", codes.HOUSEHOLD_CLASS, headers="户类别")
    tenure = code("住房关系", "Tenure", codes.TENURE)
    best_time = text("常在家", "Best time", 100)
    care = text("要留意", "To keep in mind", 200, sensitivity=1)
    verified = plain(Type.INSTANT, "核实时间", "Verified", merge=Merge.GREATEST)
    remark = text("备注", "Remark", 1000, sensitivity=1, headers="户备注 说明 备注信息")
    form = code("户别", "Form", national_codes.HOUSEHOLD_FORM)
    hukou_number = text("户口簿号", "Register number", 20, sensitivity=1)
    moved_from = text("从哪搬来", "Moved from", 100, sensitivity=1, headers="来源地 流出地")
    moved_out = plain(Type.DATE, "搬走时间", "Moved out", headers="迁出日期 搬离时间")
    away_until = plain(Type.DATE, "外出到", "Away until")
    consent = code("告知情况", "Consent", work_codes.CONSENT)
    consent_at = plain(Type.INSTANT, "告知时间", "Told at", group="consent")
    consent_method = code("告知方式", "Told how", work_codes.CONSENT_METHOD, group="consent")


class Resident(Kind, kind="resident", zh="居民", en="Resident", place=Place.BUILDING, within="household"):
    """One person of a household."""

    household = ref("户", "Household", "household", required=True)
    name = text(
        "姓名",
        "Name",
        50,
        required=True,
        search=True,
        sensitivity=1,
        headers="名字 居民姓名 真实姓名 住户姓名 人员姓名 成员姓名",
    )
    sex = code("性别", "Sex", codes.SEX)
    birth = plain(Type.DATE, "出生日期", "Birth", sensitivity=1, headers="出生年月 出生年月日 生日")
    id_number = plain(
        Type.ID_NUMBER,
        "身份证号",
        "ID number",
        sensitivity=2,
        headers="身份证 身份证号码 公民身份号码 公民身份证号 证件号码 证件号 ID",
    )
    id_type = code("证件类型", "ID type", codes.ID_TYPE, group="id_number")
    phones = plain(
        Type.PHONE,
        "联系电话",
        "Phones",
        merge=Merge.SET,
        sensitivity=1,
        search=True,
        headers="电话 联系方式 手机 手机号 手机号码 电话号码 移动电话",
    )
    relation_to_head = code(
        "与户主关系",
        "Relation to head",
        codes.RELATION,
        headers="与户主的关系 家庭关系 关系 与其他人员关系 称谓",
    )
    residence = code(
        "居住情况", "Residence", codes.RESIDENCE, headers="居住状况 人户状态 人户一致 人户一致标识"
    )
    life = code("状态", "Life", codes.LIFE, headers="人员状态")
    hukou_address = text(
        "户籍地址", "Hukou address", 200, sensitivity=1, headers="户籍所在地 户口所在地 户籍地 户籍门(楼)详址"
    )
    work_place = text("工作单位", "Work place", 100, sensitivity=1, headers="服务处所 单位 就业单位")
    verified = plain(Type.INSTANT, "核实时间", "Verified", merge=Merge.GREATEST)
    remark = text("备注", "Remark", 1000, sensitivity=1, headers="说明 备注信息")
    former_name = text("曾用名", "Former name", 50, sensitivity=1)
    ethnicity = code("民族", "Ethnicity", national_codes.ETHNICITY, sensitivity=1)
    political = code("政治面貌", "Political status", national_codes.POLITICAL, sensitivity=1)
    education = code("文化程度", "Education", national_codes.EDUCATION, sensitivity=1, headers="学历")
    marital = code("婚姻状况", "Marital status", national_codes.MARITAL, sensitivity=1, headers="婚姻")
    occupation = text("职业", "Occupation", 30, sensitivity=1)
    health = code("健康状况", "Health", national_codes.HEALTH, sensitivity=2)
    hukou_region = text("户籍区划", "Hukou region", 6, headers="户籍地区划 户籍地代码")
    inflow_reason = code("流入原因", "Came for", national_codes.INFLOW_REASON, headers="来此原因")
    arrived = plain(Type.DATE, "流入时间", "Arrived", headers="流入日期 来此时间")
    permit_type = code("办证类型", "Permit", national_codes.PERMIT_TYPE)
    permit_number = text("居住证号", "Permit number", 22, sensitivity=2, group="permit_type")
    permit_until = plain(Type.DATE, "居住证到期", "Permit until", group="permit_type", headers="证件到期日期")
    lodging = code("住所类型", "Lodging", national_codes.LODGING)
    life_since = plain(Type.DATE, "状态时间", "Life since")
    contact_name = text("紧急联系人", "Emergency contact", 50, sensitivity=1)
    contact_relation = text("与本人关系", "Contact's relation", 20, sensitivity=1, group="contact_name")
    contact_phone = plain(Type.PHONE, "紧急联系电话", "Contact's phone", sensitivity=1, group="contact_name")
