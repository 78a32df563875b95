use super::*;

fn row(decision: &'static str) -> CaseColumns<'static> {
    CaseColumns {
        party: "甲灯塔有限公司", facts: "未按时清洗风铃", basis: "", decision, authority: "乙市风铃管理局"
    }
}

#[test]
fn rows_in_order_give_no_sign() {
    for decision in [
        "警告",
        "罚款3万元",
        "对丙某警告并罚款1万元",
        "终身禁业",
        "责令停业整顿1年",
        "对责任人员丙某告。",
        "",
        "根据《风铃管理规约》第三条，不予处罚",
        "撤销行政处罚决定",
        "不予行政处罚决定",
        "移送乙市风铃监察委员会",
    ] {
        assert_eq!(shifts(&row(decision)), [], "{decision}");
    }
    let facts = CaseColumns { facts: "未缴清罚款即恢复营业", ..row("罚款3万元") };
    assert_eq!(shifts(&facts), []);
    for facts in
        ["《风铃管理规约》第三十四条 悬挂过期风铃", "《风铃管理规约》第三条禁止的悬挂行为", "取消、变更巡检班次"]
    {
        assert_eq!(shifts(&CaseColumns { facts, ..row("罚款3万元") }), [], "{facts}");
    }
}

#[test]
fn slipped_columns_are_seen() {
    for (decision, sign) in [
        ("2031年4月9日", Shift::DecisionIsDate),
        ("2031 年4月9日", Shift::DecisionIsDate),
        ("乙市风铃管理局2031年4月9日", Shift::DecisionIsDate),
        ("乙市风铃监管分局", Shift::DecisionIsAuthority),
        ("主要违法违规事实", Shift::DecisionIsHead),
        ("《风铃管理规约》第三条、第四条", Shift::DecisionIsBasis),
        (
            "根据《风铃管理规约》（2030年修订）第三条第一款第（二）项、《风铃办法》第四条的规定。",
            Shift::DecisionIsBasis,
        ),
        ("《风铃管理规约》第三条：“悬挂风铃应当清洗。”", Shift::DecisionIsBasis),
        ("作出处罚决定的机关名称", Shift::DecisionIsHead),
        ("行政处罚决定书文号", Shift::DecisionIsHead),
    ] {
        assert_eq!(shifts(&row(decision)), [sign], "{decision}");
    }
    let facts = CaseColumns { facts: "警告并罚款3万元", ..row("") };
    assert_eq!(shifts(&facts), [Shift::FactsAreDecision]);
    let basis = CaseColumns { basis: "对丙某给予警告", ..row("") };
    assert_eq!(shifts(&basis), [Shift::BasisIsDecision]);
    let authority = CaseColumns { authority: "2031年4月9日", ..row("警告") };
    assert_eq!(shifts(&authority), [Shift::AuthorityIsOther]);
}
