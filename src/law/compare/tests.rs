use super::*;
use crate::law::{Document, Kind, structure};
use proptest::prelude::*;

fn document(text: &str) -> (Document, Structure) {
    let document = Document::new(Kind::Legislation, "渡口管理条例", text);
    let structure = structure::parse(&document);
    (document, structure)
}

pub(super) fn compared(old: &str, new: &str) -> Comparison {
    let ((old, of_old), (new, of_new)) = (document(old), document(new));
    compare(Side { text: &old.text, structure: &of_old }, Side { text: &new.text, structure: &of_new })
}

/// Rows as text: `1→2 moved 〔-…-〕〔+…+〕`, equal words left out.
fn shown(old: &str, new: &str) -> Vec<String> {
    let rows = compared(old, new).rows.into_iter();
    rows.map(|row| format!("{:?} {:?}→{:?} {}", row.kind, row.old, row.new, changes(&row, old, new))).collect()
}

fn changes(row: &Row, old: &str, new: &str) -> String {
    let mut out = String::new();
    for segment in &row.segments {
        let of = |text: &str, place: &Option<Place>| {
            place.as_ref().map_or(String::new(), |place| text[place.span.clone()].trim().to_string())
        };
        let (old, new) = (of(old, &segment.old), of(new, &segment.new));
        match segment.kind {
            SegmentKind::Same => out.push('…'),
            SegmentKind::Renumbered => out.push_str(&format!("<{old}→{new}>")),
            SegmentKind::Deleted => out.push_str(&format!("[-{old}-]")),
            SegmentKind::Inserted => out.push_str(&format!("[+{new}+]")),
        }
    }
    out
}

const OLD: &str = "第一条　为了加强渡口管理，保障渡运安全，制定本条例。\n\
    第二条　县级人民政府负责本行政区域内渡口的设置和安全管理工作。\n\
    第三条　渡船夜间停渡；确需夜渡的，应当配备照明设备。\n\
    第四条　违反本条例第三条规定夜间渡运的，处一万元以上三万元以下的罚款。\n\
    第五条　本条例自公布之日起施行。\n";

#[test]
fn kept_moved_changed_new_and_gone_are_told_apart() {
    let new = "第一条　为了加强渡口管理，保障渡运安全，制定本条例。\n\
        第二条　渡口分为公益渡口和经营渡口，名录由省交通主管部门公布。\n\
        第三条　县级人民政府负责本行政区域内渡口的设置和安全管理工作。\n\
        第四条　渡船夜间停渡；确需夜渡的，应当配备照明设备。\n\
        第五条　违反本条例第四条规定夜间渡运的，处一万元以上五万元以下的罚款。\n";
    assert_eq!(
        shown(OLD, new),
        [
            "Kept [0]→[0] ……",
            "Added []→[1] [+第二条　渡口分为公益渡口和经营渡口，名录由省交通主管部门公布。+]",
            "Moved [1]→[2] <第二条→第三条>…",
            "Moved [2]→[3] <第三条→第四条>…",
            "MovedChanged [3]→[4] <第四条→第五条>…<第三条→第四条>…[-三万元-][+五万元+]…",
            "Removed [4]→[] [-第五条　本条例自公布之日起施行。-]",
        ]
    );
}

#[test]
fn a_reference_that_only_follows_the_new_numbers_is_no_change() {
    let new = format!("第一条　（已删去的总纲，另行规定水上巡查的职责分工。）\n{}", renumbered(OLD));
    let rows = compared(OLD, &new).rows;
    let kinds: Vec<RowKind> = rows.iter().map(|row| row.kind).collect();
    assert_eq!(kinds, [RowKind::Added, RowKind::Moved, RowKind::Moved, RowKind::Moved, RowKind::Moved, RowKind::Moved]);
    assert!(changes(&rows[4], OLD, &new).contains("<第三条→第四条>"), "{}", changes(&rows[4], OLD, &new));
}

/// Every number one higher, references included.
fn renumbered(text: &str) -> String {
    ["五", "四", "三", "二", "一"]
        .iter()
        .zip(["六", "五", "四", "三", "二"])
        .fold(text.to_string(), |text, (from, to)| text.replace(&format!("第{from}条"), &format!("第{to}条")))
}

#[test]
fn white_space_widths_and_quotation_marks_are_no_change() {
    let old = "第一条　本条例所称“渡口”,是指设在江河、湖泊的渡运设施（包括码头）。\n第二条　本条例自公布之日起施行。\n";
    let new =
        "第一条 本条例所称\"渡口\"，是指设在江河、湖泊\n的渡运设施(包括码头)。\n第二条　本条例自公布之日起施行。\n";
    assert!(compared(old, new).rows.iter().all(|row| row.kind == RowKind::Kept));
}

#[test]
fn a_provision_divided_over_two_is_one_row() {
    let old = "第一条　渡工应当经过培训，取得渡工证书，并接受每年一次的健康检查。渡船应当检验合格，标明载客定额，配备救生设备。\n\
        第二条　本条例自公布之日起施行。\n";
    let new = "第一条　渡工应当经过培训，取得渡工证书，并接受每年一次的健康检查。\n\
        第二条　渡船应当检验合格，标明载客定额，配备救生设备。\n\
        第三条　本条例自公布之日起施行。\n";
    let rows = shown(old, new);
    assert_eq!(rows[0], "Split [0]→[0, 1] ……<→第二条>…");
    let back = shown(new, old);
    assert_eq!(back[0], "Merged [0, 1]→[0] ……<第二条→>…");
    assert_eq!(rows[1], "Moved [1]→[2] <第二条→第三条>…");
}

#[test]
fn an_inserted_item_pushes_marks_and_not_words() {
    let old = "第一条　渡船应当：\n（一）检验合格；\n（二）标明载客定额；\n（三）配备救生设备。\n";
    let new = "第一条　渡船应当：\n（一）检验合格；\n（二）办理登记并悬挂船名牌；\n（三）标明载客定额；\n（四）配备救生设备。\n";
    assert_eq!(shown(old, new), ["Changed [0]→[0] ……[+（二）办理登记并悬挂船名牌；+]<（二）→（三）>…<（三）→（四）>…"]);
}

#[test]
fn changes_are_words_and_amounts_and_never_confetti() {
    let old = "第一条　船主应当在三十日内向县交通局申报，逾期的处5000元以上2万元以下罚款，并由水利部门收回证书。\n";
    let new = "第一条　船主应当在十五个工作日内向县交通局申报，逾期的处1万元以上2万元以下罚款，并由应急管理部门和公安机关吊销许可证件。\n";
    let row = &compared(old, new).rows[0];
    assert_eq!(
        changes(row, old, new),
        "……[-三十日-][+十五个工作日+]…[-5000元-][+1万元+]…[-水利部门收回证书-][+应急管理部门和公安机关吊销许可证件+]…"
    );
}

#[test]
fn a_long_word_of_the_dictionary_does_not_hide_what_stays() {
    let old = "第一条　为他人提供担保，由董事会或者股东会、股东大会决议；二十日内公告。\n";
    let new = "第一条　为他人提供担保，由董事会或者股东会决议；十日内公告。\n";
    let row = &compared(old, new).rows[0];
    assert_eq!(changes(row, old, new), "……[-、股东大会-]…[-二十日-][+十日+]…");
}

#[test]
fn an_inserted_sentence_is_one_insertion() {
    let old = "第一条　公司股东依法享有资产收益、参与重大决策和选择管理者等权利。\n";
    let new = "第一条　有限责任公司的股东以其认缴的出资额为限对公司承担责任。\n公司股东对公司依法享有资产收益、参与重大决策和\
        选择管理者等权利。\n";
    let row = &compared(old, new).rows[0];
    assert_eq!(changes(row, old, new), "…[+有限责任公司的股东以其认缴的出资额为限对公司承担责任。+]…[+对公司+]…");
}

#[test]
fn headings_are_compared_by_their_words() {
    let old =
        "第一章　总则\n第一条　为了加强渡口管理，制定本条例。\n第二章　渡口设置\n第二条　渡口由县级人民政府批准。\n";
    let new = "第一章　总　则\n第一条　为了加强渡口管理，制定本条例。\n第二章　规划\n第二条　渡口布局应当编制专项规划，每五年修编。\n\
        第三章　渡口的设置与撤销\n第三条　渡口由县级人民政府批准。\n";
    let comparison = compared(old, new);
    let kinds: Vec<(RowKind, usize)> = comparison.headings.iter().map(|row| (row.kind, row.before_row)).collect();
    assert_eq!(kinds, [(RowKind::Kept, 0), (RowKind::Added, 1), (RowKind::Changed, 2)]);
}

#[test]
fn the_table_is_in_the_order_of_the_kinds() {
    for (place, (kind, name, _)) in RowKind::ALL.into_iter().enumerate() {
        assert_eq!((kind as usize, serde_json::to_value(kind).unwrap()), (place, name.into()));
    }
}

#[test]
fn an_empty_text_has_nothing_to_compare() {
    assert_eq!(compared("", ""), Comparison::default());
    assert!(compared("", OLD).rows.iter().all(|row| row.kind == RowKind::Added));
    assert!(compared(OLD, "").rows.iter().all(|row| row.kind == RowKind::Removed));
}

/// Every provision is in one row; the spans of each side are its text, in order and whole.
fn assert_whole(old: &str, new: &str) {
    let ((old, of_old), (new, of_new)) = (document(old), document(new));
    let (one, other) = (Side { text: &old.text, structure: &of_old }, Side { text: &new.text, structure: &of_new });
    let comparison = compare(one, other);
    for (side, old_side) in [(one, true), (other, false)] {
        let provisions: Vec<Range<usize>> = side.structure.provisions().map(|(_, span)| span.clone()).collect();
        let of = |row: &Row| if old_side { row.old.clone() } else { row.new.clone() };
        let mut seen: Vec<usize> = comparison.rows.iter().flat_map(of).collect();
        seen.sort_unstable();
        assert_eq!(seen, (0..provisions.len()).collect::<Vec<_>>());
        for row in &comparison.rows {
            let mut read = vec![String::new(); of(row).len()];
            for segment in &row.segments {
                if let Some(place) = if old_side { &segment.old } else { &segment.new } {
                    read[place.at].push_str(&side.text[place.span.clone()]);
                }
            }
            let whole: Vec<&str> = of(row).iter().map(|at| side.text[provisions[*at].clone()].trim()).collect();
            assert_eq!(read, whole);
        }
    }
    for row in &comparison.rows {
        for segment in &row.segments {
            let sides = (segment.old.is_some(), segment.new.is_some());
            match segment.kind {
                SegmentKind::Same => assert_eq!(sides, (true, true)),
                SegmentKind::Renumbered => assert!(sides.0 || sides.1),
                SegmentKind::Deleted => assert_eq!(sides, (true, false)),
                SegmentKind::Inserted => assert_eq!(sides, (false, true)),
            }
        }
    }
}

#[test]
fn giant_provisions_are_compared_in_coarser_steps() {
    let sentence = |n: usize| format!("渡船第{n}号应当在{}日内检验，", n % 37);
    let giant = |from: usize| format!("第一条　{}。\n", (from..from + 4000).map(sentence).collect::<String>());
    let start = std::time::Instant::now();
    assert_whole(&giant(0), &giant(2000));
    // An hour without the steps; the bound leaves room for a machine that does something else too.
    assert!(start.elapsed().as_secs() < 240, "{:?}", start.elapsed());
}

#[test]
fn many_alike_provisions_do_not_multiply() {
    let text = |salt: usize| -> String {
        let line = |n: usize| format!("{}、渡口编号{}，渡船应当检验合格并标明载客定额。\n", n + 1, n * salt);
        (0..3000).map(line).collect()
    };
    let start = std::time::Instant::now();
    assert_whole(&text(3), &text(7));
    assert!(start.elapsed().as_secs() < 240, "{:?}", start.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_is_lost_between_two_texts(old in text(), new in text()) {
        assert_whole(&old, &new);
    }

    #[test]
    fn nothing_is_lost_in_an_edited_text(lines in prop::collection::vec(0usize..9, 0..9), cut in 0usize..9, more in text()) {
        let old: String = lines.iter().map(|line| LINES[*line]).collect();
        let mut edited: Vec<&str> = lines.iter().map(|line| LINES[*line]).collect();
        let turn = cut % edited.len().max(1);
        edited.rotate_left(turn);
        assert_whole(&old, &format!("{}{more}", edited.concat()));
        assert_whole(&format!("{more}{}", edited.concat()), &old);
    }

    #[test]
    fn any_text_can_be_compared(old in any::<String>(), new in any::<String>()) {
        assert_whole(&old, &new);
    }

    #[test]
    fn a_text_and_itself_are_the_same(text in text()) {
        let comparison = compared(&text, &text);
        prop_assert!(comparison.rows.iter().all(|row| row.kind == RowKind::Kept), "{:?}", comparison.rows);
    }
}

const LINES: [&str; 9] = [
    "第一条　渡船应当检验合格，标明载客定额。\n",
    "第二条　渡工应当：\n（一）经过培训；\n（二）取得证书。\n",
    "第三条　违反第一条规定的，处三万元以下罚款。\n",
    "第四条\n",
    "第二章　罚则\n",
    "一、夜间停渡。\n",
    "（一）㈠㈡　渡　口 。\n",
    "附件\n渡口名录\n",
    "第五条 为了加强渡口管理，保障渡运安全，制定本条例。违反第三条规定的，依照第一条处理。\n",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(LINES.to_vec()), 0..12).prop_map(|lines| lines.concat())
}

#[test]
fn a_paragraph_that_went_elsewhere_is_told() {
    let old = "第一条　渡口经营者应当遵守本条例，不得滥用经营权利损害乘客利益。\n\
        渡口经营者滥用独立地位，逃避债务，严重损害债权人利益的，应当承担连带责任。\n\
        第二条　渡船应当检验合格，配备足够的救生衣和消防器材。\n";
    let new = "第一条　渡口经营者应当遵守本条例，不得滥用经营权利损害乘客利益。\n\
        第二条　渡船应当检验合格，配备足够的救生衣和消防器材。\n\
        第三条　渡口经营者滥用独立地位，逃避债务，严重损害债权人利益的，应当承担连带责任。\n\
        渡口经营者利用其控制的两个以上渡口实施前款规定行为的，各渡口应当对任何一个渡口的债务承担连带责任。\n";
    let moved: Vec<(usize, String, usize, String)> = compared(old, new)
        .moved_parts
        .into_iter()
        .map(|part| (part.old, part.old_part, part.new, part.new_part))
        .collect();
    assert_eq!(moved, [(0, "p2".to_string(), 2, "p1".to_string())]);
    assert_eq!(compared(new, new).moved_parts, []);
}

#[test]
fn a_provision_elsewhere_that_shares_half_of_its_words_is_no_counterpart() {
    let long = "第二条　国有渡口的设立和组织，适用本节规定；本节没有规定的，适用前两节的规定。本条例所称国有渡口，是指省、市、县\
        三级人民政府单独出资，授权本级履行渡口管理职责的机构及其工作人员经营的渡口，经营所得上缴同级财政，用于航道的养护、\
        码头的修缮和救助船艇的购置，不得挪作他用，审计机关每年审计一次。县人民政府应当按季度公布收支，接受乘客询问；村民委员会\
        可以推举代表查阅账目，经营者应当提供场所和复印件，查阅人不得泄露商业秘密，账目保存三十年，期满移交档案馆，任何单位\
        或者个人不得损毁、涂改、伪造、隐匿。\n";
    let first = "第一条　为了加强渡口管理，保障渡运安全，制定本条例。\n";
    let night = "渡船夜间停渡；确需夜渡的，应当配备照明设备。\n";
    let old = format!("{first}{long}第三条　{night}");
    let new = format!("{first}第二条　{night}第三条　运营章程由履行渡口管理职责的机构及其工作人员负责起草公布。\n");
    let kinds: Vec<RowKind> = compared(&old, &new).rows.iter().map(|row| row.kind).collect();
    assert_eq!(kinds, [RowKind::Kept, RowKind::Removed, RowKind::Moved, RowKind::Added]);
    // Between the same neighbours it may be: then the doubt is told.
    let new = format!("{first}第二条　运营章程由履行渡口管理职责的机构及其工作人员负责起草公布。\n第三条　{night}");
    let rows = compared(&old, &new).rows;
    assert_eq!((rows[1].kind, rows[1].doubtful), (RowKind::Changed, true));
    assert!(!rows[0].doubtful);
}

#[test]
fn what_is_left_over_is_joined_by_rare_words_or_named() {
    let first = "第一条　为了加强渡口管理，保障渡运安全，制定本条例。\n";
    let last = "渡船夜间停渡；确需夜渡的，应当配备照明设备。\n";
    let charter = "第二条　国有渡口的章程由渡口管理机构制定，或者由经营者起草后报渡口管理机构批准施行。\n";
    let commence = |day: &str| format!("本条例自{day}起施行。\n");
    let old = format!("{first}{charter}第三条　{last}第四条　{}", commence("2006年1月1日"));
    let new = format!(
        "{first}第二条　{last}第三条　国有渡口的章程由履行出资人职责的机构制定。\n第四条　乘客应当购票。\n第五条　{}",
        commence("2024年7月1日")
    );
    let rows = compared(&old, &new).rows;
    let kinds: Vec<(RowKind, Vec<usize>, Vec<usize>)> =
        rows.iter().map(|row| (row.kind, row.old.clone(), row.new.clone())).collect();
    assert_eq!(
        kinds,
        [
            (RowKind::Kept, vec![0], vec![0]),
            (RowKind::Moved, vec![2], vec![1]),
            (RowKind::MovedChanged, vec![1], vec![2]),
            (RowKind::Added, vec![], vec![3]),
            (RowKind::MovedChanged, vec![3], vec![4]),
        ]
    );
    assert!(rows.iter().all(|row| row.nearest.is_empty()));
    // Where the newer text says it twice, neither is its counterpart, and both are named.
    let twice = format!(
        "{first}第二条　{last}第三条　国有渡口的章程由出资人审定。\n第四条　国有渡口的章程由县政府审定。\n第五条　{}",
        commence("2024年7月1日")
    );
    let rows = compared(&old, &twice).rows;
    let gone = rows.iter().find(|row| row.kind == RowKind::Removed).unwrap();
    let near: Vec<usize> = gone.nearest.iter().map(|near| near.at).collect();
    assert_eq!((gone.old.as_slice(), near.len()), ([1].as_slice(), 2), "{near:?}");
}

#[test]
fn why_and_when_are_each_others_counterparts_in_whatever_words() {
    let middle = "第二条　渡船应当检验合格，配备足够的救生衣和消防器材。\n";
    let old = format!("第一条　根据宪法有关规定，制定本条例。\n{middle}第三条　本条例自1999年10月1日起施行。\n");
    let new = format!(
        "第一条　为了保障乘客生命财产安全，便利两岸往来，制定本条例。\n{middle}第三条　乘客应当购票。\n\
         第四条　本条例自公布之日起施行，1999年发布的渡口规定同时废止，此前办理的登记继续有效。\n"
    );
    let rows = compared(&old, &new).rows;
    let pairs: Vec<(Vec<usize>, Vec<usize>, bool)> =
        rows.iter().map(|row| (row.old.clone(), row.new.clone(), row.doubtful)).collect();
    assert_eq!(
        pairs,
        [(vec![0], vec![0], false), (vec![1], vec![1], false), (vec![], vec![2], false), (vec![2], vec![3], true)]
    );
}

#[test]
fn a_paragraph_has_stayed_where_the_row_of_its_provision_holds_its_words() {
    let stock = "单位有前款规定行为的，对单位处以罚款，并对直接负责的主管人员给予处分。\n";
    let first = "第一条　渡口经营者夜间停渡应当提前公告，确需夜渡的应当配备照明设备。\n";
    let second = "第二条　渡船应当检验合格，配备足够的救生衣和消防器材，并定期保养。\n";
    let old = format!("{first}{stock}{second}{stock}");
    assert_eq!(compared(&old, &old).moved_parts, []);
    let new = format!("{first}第二条　渡船应当检验合格，配备足够的救生衣和消防器材，并定期保养。{stock}");
    assert_eq!(compared(&old, &new).moved_parts, [], "the first is gone, and the place of the second is its own");
}

#[test]
fn a_provision_that_became_an_item_of_another_is_followed() {
    let old = "第一条　为了加强渡口管理，制定本条例。\n\
        第二条　渡口经营者在依法报送的渡运客流报表上作虚假记载的，由县级交通主管部门处三千元以上一万元以下的罚款。\n\
        第三条　渡船未按照规定配备救生衣、灭火器的，由县级交通主管部门责令改正，处五百元以上二千元以下的罚款。\n\
        第四条　船员不得酒后驾驶渡船。\n";
    let new = "第一条　为了加强渡口管理，制定本条例。\n\
        第二条　渡口经营者有下列情形之一的，由有管辖权的机关责令改正，给予警告；情节严重的，吊销经营许可证件：\n\
        （一）雇用没有适任证书的人员；\n\
        （二）报送的渡运客流报表存在虚假记载；\n\
        （三）渡船未按照规定配备救生衣、灭火器、通信设备。\n\
        第三条　船员不得酒后驾驶渡船。\n";
    let parts = compared(old, new).moved_parts;
    let shown: Vec<String> =
        parts.iter().map(|part| format!("{}{} {}/{}", part.old, part.old_part, part.new, part.new_part)).collect();
    assert_eq!(shown, ["1 1/p1/s2"]);
}

#[test]
fn penalties_alone_join_nothing() {
    let old = "第一条　为了加强渡口管理，制定本条例。\n\
        第二条　协助他人在渡口偷渡逃票的，处五百元以上二千元以下的罚款；情节较轻的，处二百元以上五百元以下的罚款。\n\
        第三条　船员不得酒后驾驶渡船。\n";
    let new = "第一条　为了加强渡口管理，制定本条例。\n\
        第二条　渡船在夜间未悬挂号灯号旗的，处五百元以上二千元以下的罚款；情节较轻的，处二百元以上五百元以下的罚款。\n\
        第三条　船员不得酒后驾驶渡船。\n";
    let kinds: Vec<RowKind> = compared(old, new).rows.iter().map(|row| row.kind).collect();
    assert_eq!(kinds, [RowKind::Kept, RowKind::Removed, RowKind::Added, RowKind::Kept]);
}

#[test]
fn a_provision_paired_with_another_than_the_one_that_holds_it_is_doubtful_and_followed() {
    let punished = "处五万元以下罚款，没收渔获物和违法所得；情节严重的，没收渔具，吊销捕捞许可证";
    let old = format!(
        "第一条　未依法取得捕捞许可证擅自进行捕捞的，{punished}。\n第二条　违反捕捞许可证关于作业场所的规定进行捕捞的，{punished}。\n"
    );
    let new = format!(
        "第一条　使用炸鱼、毒鱼、电鱼等破坏渔业资源的方法进行捕捞，或者在禁渔区进行捕捞的，{punished}；可以没收渔船；构成犯罪的，依法追究刑事责任。\n\
         第二条　未依法取得捕捞许可证擅自进行捕捞的，{punished}。\n违反捕捞许可证关于作业场所、时限的规定进行捕捞的，{punished}，并可以暂扣捕捞许可证一个月以上三个月以下。\n"
    );
    let comparison = compared(&old, &new);
    let parts: Vec<(usize, usize, &str)> =
        comparison.moved_parts.iter().map(|part| (part.old, part.new, part.new_part.as_str())).collect();
    let row = comparison.rows.iter().find(|row| row.old == [0]);
    let right = comparison.rows.iter().any(|row| row.old.contains(&0) && row.new == [1]);
    assert!(
        right || parts.contains(&(0, 1, "p1")) && row.is_some_and(|row| row.doubtful || row.new.is_empty()),
        "{comparison:?}"
    );
}
