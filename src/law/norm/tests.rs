use super::*;

/// Fictional sentences with what they do.
const SENTENCES: &str = "
penalty 违反本办法第三条规定的，由渡口管理机关处二百元以上五百元以下的罚款。
penalty 未经许可摆渡的，责令停止摆渡，没收违法所得。
penalty 渡工酒后摆渡的，吊销渡工证；情节严重的，依法追究刑事责任。
penalty 违反本条例规定，擅自拆除护栏的，责令限期恢复原状，可以并处一千元以下罚款。
penalty 在桥面堆放杂物的，给予警告；拒不改正的，强制清除，所需费用由当事人承担。
penalty 管理人员玩忽职守的，依法给予处分。
penalty 有下列行为之一的，处五日以下拘留：（一）拦截渡船；（二）损毁航标。
penalty 盗窃航标的，处三年以下有期徒刑、拘役或者管制，并处罚金。
penalty 违反治安管理规定的，依照治安管理的规定处罚。
penalty 伪造渡工证的，依照前款的规定定罪处罚。
penalty 拒绝检查的，由县级渡口管理机关责令改正，予以通报批评。
penalty 造成渡船沉没，构成犯罪的，依法追究刑事责任。
penalty 未按规定报送船舶资料的，暂扣船舶证书一个月。
penalty 直接责任人员由其所在单位给予记过或者降级处分；情节严重的，给予撤职处分。
penalty 出租渡工证的，没收违法所得，并处违法所得一倍以上三倍以下的罚款。
prohibition 任何单位和个人不得损毁桥梁。
prohibition 禁止在渡口水域倾倒垃圾。
prohibition 严禁超载摆渡。
prohibition 渡船不得在夜间停靠货运码头。
prohibition 未取得渡工证的人员不得驾驶渡船。
prohibition 桥面两侧五米内禁止摆摊设点。
prohibition 养桥经费不得挪作他用，任何人不得截留。
prohibition 不准在航道内设置网箱。
prohibition 渡口所在地的村民委员会不得向渡客收取进村费用。
prohibition 禁止下列行为：（一）攀爬护栏；（二）在桥上垂钓。
prohibition 渡工在岗期间不得饮酒，并应当佩戴标志。
prohibition 严禁任何组织以修桥为名摊派。
duty 渡工应当穿着救生衣。
duty 渡口经营人必须配备消防器材。
duty 桥梁养护单位应当每季度检查一次护栏。
duty 乘客有服从渡工指挥的义务。
duty 货主应当如实填报货物重量，不得夹带易燃物品。
duty 经营渡口，应当具备下列条件：（一）有固定码头；（二）有合格渡船。
duty 各级人民政府应当加强对渡口安全工作的领导。
duty 拆除旧桥，须经市桥梁管理机关同意。
duty 渡船应按核定人数载客。
duty 养桥工人应当接受安全培训。
duty 渡口所有人对渡客负有安全保障义务。
duty 船舶所有人必须保持船舶处于适航状态。
duty 生产护栏的企业应当建立质量档案。
procedure 渡口管理机关应当自受理申请之日起二十日内作出是否准予设渡的决定。
procedure 当事人要求听证的，应当在收到告知书后五日内提出。
procedure 对决定不服的，可以依法申请行政复议，也可以提起行政诉讼。
procedure 决定书应当在宣告后当场交付当事人；当事人不在场的，七日内送达。
procedure 执法人员检查渡船时，应当出示执法证件。
procedure 当事人有权进行陈述、申辩。
procedure 调查终结，渡口管理机关负责人应当对调查结果进行审查。
procedure 申请设渡，应当向县渡口管理机关提出书面申请。
procedure 执法人员应当制作现场笔录，由当事人签名。
procedure 渡口管理机关发现线索，符合条件的，应当立案。
procedure 申请材料不齐全的，应当当场一次告知；不符合条件的，作出不予受理的决定。
procedure 申请人应当在六十日内提出复核申请。
procedure 船舶登记的申请程序由省渡口管理机关规定。
definition 本办法所称渡口，是指供渡船停靠、乘客上下的场所。
definition 本条例所称渡工，指持证驾驶渡船的人员。
definition 本办法所称桥梁包括公路桥、人行天桥和便桥。
definition 本条例下列用语的含义：（一）航标，是设在航道上的标志。
definition 前款所称重大事故，是指死亡三人以上的事故。
definition 本规定所称的经营人，是指以摆渡为业的单位和个人。
other 为了加强渡口管理，保障渡运安全，制定本办法。
other 本办法自2024年4月1日起施行。
other 县交通运输部门主管全县的渡口工作。
other 国家鼓励采用新能源渡船。
other 渡口管理遵循安全第一、方便群众的原则。
other 渡工享受高温津贴。
other 本省行政区域内的桥梁养护，适用本条例。
other 县人民政府可以对养护成绩显著的单位给予奖励。
";

#[test]
fn sentences_are_told_by_their_words() {
    let rows: Vec<(&str, &str)> = SENTENCES.lines().filter_map(|line| line.split_once(' ')).collect();
    assert!(rows.len() >= 60, "{}", rows.len());
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(expected, text)| Norm::of(text).name() != *expected)
        .map(|(expected, text)| format!("{text} is {} and not {expected}", Norm::of(text).name()))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_is_in_the_order_of_the_norms() {
    for (place, row) in Norm::ALL.iter().enumerate() {
        assert_eq!(row.0 as usize, place);
        assert_eq!(serde_json::to_value(row.0).unwrap(), row.1);
    }
}

#[test]
fn the_acts_before_a_sanction_are_found() {
    let acts = |text| punished_acts(text).collect::<Vec<_>>();
    assert_eq!(acts("违反本条例规定，擅自拆除护栏的，责令限期恢复原状。"), ["擅自拆除护栏"]);
    assert_eq!(
        acts("有下列行为之一的，处罚款：（一）未穿着救生衣的；（二）酒后驾驶渡船。"),
        ["未穿着救生衣", "酒后驾驶渡船"]
    );
    assert_eq!(acts("违反本办法第三条规定的，处罚款。"), Vec::<&str>::new());
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        let _ = (Norm::of(&text), punished_acts(&text).count());
    }
}
