"""What the work IS: kinds, fields, codes, rules. Pure: no I/O, no clock, no randomness.

One English word per idea, everywhere in the code:

    community 社区      grid 网格           compound 小区        building 楼栋       dwelling 房屋
    household 户        resident 居民       visit 走访           outcome 走访结果    purpose 走访目的
    matter 诉求         matter_step 办理步骤 worker 工作人员      assignment 分工     card_issue 发卡
    card_batch 印制批次 card_template 卡样  review_item 待定事项  audit_entry 审计    settings 设置
    care_tag 关照       referral 吹哨联动   partner 联动单位     team 帮帮队         campaign 敲门行动
    yard_session 下楼院 appointment 预约    project 民生项目     guide 办事指南      photo 照片
    feedback 反馈       hotline_ticket 12345 工单                matter_body 保密详情
    redirect 合并       same_as 同一处      must-visit 必访      household life 户的来去
    place 归属地        commons 公共        desk 案头             change 改动         head 现行说法
    conflict 两种说法   retired 已撤销      held 暂存             quarantined 隔离    ledger 台账
    pack U盘上的包      checkpoint 对账点   recovered copy 代交   clone 拷贝          successor 转到
"""
