use super::*;

fn masked(text: &str) -> String {
    mask_text(text, Profile::Case).text
}

const NAMES: [&str; 9] = ["妫阿岭", "张阿牛", "母大成", "令狐冲", "和平", "向前", "于是", "折可存", "高兴"];

#[test]
fn labels_that_are_set_with_blanks_name_persons() {
    for frame in [
        "当 事 人：%\n住址：云桥县",
        "被 处 罚 人：%\n住址：云桥县",
        "被 处 罚 人 ：%，男",
        "法 定 代 表 人：%\n住址：云桥县",
        "当　事　人：%\n住址：云桥县",
        "当 事 人（个人）：姓名 % 性别 女\n住址：云桥县",
        "当事人（个人）：姓名 % 性别 女\n住址：云桥县",
        "当事人（个人）：姓名：%　性别：女\n住址：云桥县",
        "被处罚人姓名\n%\n主要违法事实\n占道经营",
        "被处罚人\t%\n违法事实\t占道经营",
    ] {
        for name in NAMES {
            let told = masked(&frame.replace('%', name));
            assert!(!told.contains(name), "{told}");
        }
    }
    for text in [
        "当 事 人：云桥县大顺商贸有限公司\n法定代表人：略",
        "当事人姓名\n住址\n电话",
        "负责人\n应当到场",
        "当事人\n违法事实\n处罚结果",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn who_acts_without_a_licence_is_masked() {
    for name in ["妫阿岭", "张阿牛", "母大成", "令狐冲"] {
        for frame in [
            "安排未取得道路运输从业资格的%从事货物运输。",
            "雇用未取得驾驶证的%驾驶货车。",
            "使用不具备执业资格的%担任项目经理。",
            "聘用无健康证明的%从事餐饮服务。",
            "未取得医师资格的%、李某从事诊疗活动。",
        ] {
            let told = masked(&frame.replace('%', name));
            assert!(!told.contains(name), "{told}");
        }
    }
    for text in ["安排妫阿岭驾驶货车。", "聘用张阿牛担任导游。", "允许令狐冲从事经营。"] {
        assert!(masked(text).contains('某'), "{}", masked(text));
    }
    for text in [
        "安排未取得从业资格的人员从事货物运输。",
        "安排未取得驾驶证的人员从事货物运输，允许未办理登记的车辆从事运输，雇用无健康证明的人员从事餐饮。",
        "未取得许可证的单位从事经营活动，未取得资质的企业进行施工，未取得执照的公司开展业务。",
        "使用不具备资格的船员驾驶船舶，未取得登记证明的车辆从事运输，没有许可证的商户从事经营。",
        "未取得执业资格的外国人从事诊疗，未取得资格的公民从事经营，未取得证书的学员驾驶教练车。",
        "雇用童工从事生产，没有资质的施工队负责施工，聘用教师担任辅导员，招用未成年人从事经营。",
        "缴款方式：\n请你不得逾期缴纳。温馨提示：\n请你于十五日内缴纳。",
        "安排专人驾驶，聘用人员从事餐饮，允许他人从事经营，聘用医师执业，安排车辆从事运输，安排员工上岗操作。",
        "未取得资格的中介机构从事评估，未取得许可的网站从事新闻服务，未办理登记的农民工从事施工。",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn who_is_called_mister_or_mistress_is_masked() {
    for name in ["母大成", "折可存", "妫阿岭", "令狐冲", "东郭大成"] {
        for frame in ["%先生投诉。", "消费者%女士证实。", "经查，%女士购买了商品。", "经查，%小姐到场。"]
        {
            let told = masked(&frame.replace('%', name));
            assert!(!told.contains(name), "{told}");
        }
    }
    for text in ["消费者王先生投诉。", "教书先生到场，各位先生、女士，女士专用车厢。", "时装女士系列，男士、女士均可。"]
    {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn whom_a_letter_speaks_to_behind_an_address_is_masked() {
    for text in [
        "云桥县大桥镇大桥村张勇：\n你未经批准擅自占用耕地建房。",
        "大桥村三组张勇：\n你于2024年3月5日擅自占用耕地建房。",
        "云桥县大桥社区张勇：\n你于2024年3月5日占道经营。",
        "致张勇：\n你涉嫌占用耕地建房。",
    ] {
        assert!(!masked(text).contains("张勇"), "{}", masked(text));
    }
    let pay = "缴款方式：\n请你于2024年3月20日前到银行缴款。";
    assert_eq!(masked(pay), pay);
}

#[test]
fn captions_below_a_label_are_no_names() {
    for text in [
        "当事人\n时间\n地点\n金额\n",
        "经办人\n金额\n",
        "检查人\n时间\n",
        "驾驶人\n车号\n",
        "驾驶人\n车型\n车牌号\n",
        "当事人\n年龄\n案由\n事由\n",
        "负责人\n意见\n",
        "当事人\n项目\n单价\n水量\n方式\n",
    ] {
        assert_eq!(masked(text), text);
    }
}
