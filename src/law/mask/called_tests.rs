use super::*;

fn masked(text: &str) -> String {
    mask_text(text, Profile::Case).text
}

const NAMES: [&str; 10] = ["高兴", "时光", "方圆", "白雪", "成功", "郑重", "何必", "向前", "程序", "安全"];

#[test]
fn words_behind_what_only_a_person_fills_are_names() {
    for lead in [
        "法定代表人：",
        "法定代表人（负责人）：",
        "经营者：",
        "负责人：",
        "当事人：",
        "被处罚人：",
        "法人（姓名）：",
        "店主（姓名）：",
        "店主姓名：",
        "举报人：",
        "受奖励人：",
        "联系人：李某、",
        "执法人员：李某、",
        "询问人：",
    ] {
        for name in NAMES {
            for tail in ["", "\n地址不详", "，电话不详"] {
                let told = masked(&format!("{lead}{name}{tail}"));
                assert!(!told.contains(name), "{told}");
            }
        }
    }
}

#[test]
fn words_before_what_only_persons_do_are_names() {
    for frame in [
        "法定代表人%承认违法事实。",
        "证人%证实，当天在场。",
        "负责人%陈述了经过。",
        "其母%系实际投资人。",
        "当事人%于2024年3月5日开店。",
    ] {
        for name in NAMES {
            let told = masked(&frame.replace('%', name));
            assert!(!told.contains(name), "{told}");
        }
    }
    for name in ["高兴", "时光", "方圆", "白雪", "成功", "何必", "向前"] {
        for frame in [
            "对%罚款200元。",
            "现决定给予%行政拘留五日的处罚。",
            "%（时任董事长）",
            "%：\n因你下落不明，现公告送达。",
            "%无证行医案",
        ] {
            let told = masked(&frame.replace('%', name));
            assert!(!told.contains(name), "{told}");
        }
    }
}

#[test]
fn the_same_words_stay_where_they_are_words() {
    for text in [
        "当事人获利成功。",
        "当事人成功注册商标，程序合法。",
        "当事人安全意识淡薄，负责人安全责任不落实。",
        "当事人程序违法，要求纠正。",
        "经营者高兴地接受检查。",
        "时光荏苒，白雪皑皑，安全生产。",
        "对安全给予高度重视，应当安全、环保。",
        "联系人：管理科",
        "当事人：云桥县成功便利店",
        "举报人：匿名",
        "对方承认违法事实。",
    ] {
        assert_eq!(masked(text), text);
    }
    let told = masked("法定代表人：成功\n经查，当事人成功注册商标后，成功承认违法。");
    assert_eq!(told, "法定代表人：成某\n经查，当事人成功注册商标后，成某承认违法。");
}

#[test]
fn where_somebody_lives_down_to_the_stair_is_masked() {
    for (text, told) in [
        ("当事人其住锦绣小区6号楼3单元。", "当事人其住某处。"),
        ("张某，住云桥县清水街道幸福路6号楼2单元。", "张某，住云桥县某处。"),
        ("送至云桥县人民医院住院部5楼，其住宅3楼漏水。", "送至云桥县人民医院住院部5楼，其住宅3楼漏水。"),
    ] {
        assert_eq!(masked(text), told);
    }
    assert!(!masked("张某 微信号：wen_888").contains("wen_888"));
}
