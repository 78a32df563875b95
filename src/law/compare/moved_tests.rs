//! What is less than a provision, and what is gone as one: which part it became, and which pairs are none.

use super::tests::compared;

const WHY: &str = "第一条　为了加强渡口管理，制定本条例。\n";

/// Rows as `1 moved_changed`, of pairs `1→2`, and `1/p1→2/p3` of what is a part now.
fn told(old: &str, new: &str) -> Vec<String> {
    let comparison = compared(old, new);
    let places = |places: &[usize]| places.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let rows = comparison.rows.iter().map(|row| {
        let parts = comparison.moved_parts.iter().filter(|part| row.old.contains(&part.old));
        let parts: String =
            parts.map(|part| format!(" {}/{}→{}/{}", part.old, part.old_part, part.new, part.new_part)).collect();
        format!("{}→{} {}{parts}", places(&row.old), places(&row.new), row.kind.name())
    });
    rows.collect()
}

#[test]
fn a_short_item_that_says_what_an_article_of_several_paragraphs_punished_is_where_it_went() {
    let old = format!(
        "{WHY}第二条　以暴力、威胁方法阻碍航道巡查人员依法执行任务的，依法追究刑事责任。\n\
         故意阻碍航道巡查人员依法执行任务，未使用暴力、威胁方法，造成严重后果的，依法追究刑事责任；情节较轻的，由航道机关处十五日以下行政拘留。\n"
    );
    let new = format!(
        "{WHY}第二条　有下列行为之一的，由航道机关予以警告或者处十日以下行政拘留，可以并处三万元以下罚款：\n\
         （一）泄露有关航道布防的秘密，为偷渡人员提供船只、证件、航图、通信设备；\n（二）故意阻碍航道巡查人员依法执行任务；\n\
         （三）打击报复举报航道险情的人，毁坏举报人的渡船、码头、房屋、农具；\n（四）隐藏、转移、变卖、损毁依法查封的渡船和救生艇。\n"
    );
    let told = told(&old, &new);
    assert!(told.contains(&"1→ moved_changed 1/→1/p1/s2".to_string()), "{told:?}");
}

#[test]
fn an_item_that_names_whom_a_duty_of_another_article_concerns_is_not_where_that_went() {
    let old = format!(
        "{WHY}第二条　义渡船工、带病回乡船工、因公牺牲船工遗属、病故船工遗属租赁船屋按照规定优先，住房有困难的由县人民政府帮助解决。\n"
    );
    let new = format!(
        "{WHY}第二条　本条例所称优待对象包括：\n（一）船工；\n（二）义渡船工、因公牺牲船工遗属、病故船工遗属；\n（三）船工的家属。\n"
    );
    assert!(compared(&old, &new).moved_parts.is_empty(), "{:?}", told(&old, &new));
}

#[test]
fn what_stands_in_front_of_items_is_a_place_too() {
    let night = "渡船夜间停渡；确需夜渡的，应当配备照明设备。";
    let long = "使用公有码头从事渡运的，应当向交通主管部门提出申请，由本级人民政府许可其使用该码头，并明确期限和泊位；\
        码头归集体所有或者归村民小组使用的，可以由个人承包，承包期内不得闲置、出租、改建，期满应当恢复原状并验收移交。";
    let old = format!(
        "{WHY}第二条　{long}\n第三条　县级以上地方人民政府在核发渡运证时，应当优先安排当地的渡工。\n第四条　{night}\n"
    );
    let new = format!(
        "{WHY}第二条　{night}\n第三条　{long}\n\
         县级以上地方人民政府在核发渡运证时，应当优先安排具有下列情形之一的当地渡工从事渡运：\n\
         （一）以渡运为主要生活来源；\n（二）因航道调整需要另行安排泊位。\n"
    );
    let told = told(&old, &new);
    let followed = ["2→ moved_changed 2/→2/p2", "1,2→2 merged"].map(|row| told.contains(&row.to_string()));
    assert!(followed.contains(&true), "{told:?}");
}

#[test]
fn a_duty_is_no_penalty_because_an_organ_follows_its_condition() {
    let register = "负责将功勋渡工名单呈报省渡运功勋荣誉表彰委员会";
    let old = format!(
        "{WHY}第二条　按照本条例规定评定为功勋渡工的，由省交通事务部门{register}。\n\
         第三条　功勋证书以省渡运功勋荣誉表彰委员会办公室名义制发。\n"
    );
    let new = format!(
        "{WHY}第二条　省交通主管部门{register}。\n功勋证书以省渡运功勋荣誉表彰委员会办公室名义制发。\n\
         第三条　违反规定评定功勋渡工的，依法给予处分。\n"
    );
    let told = told(&old, &new);
    assert!(told.iter().any(|row| row.starts_with("1") && row.contains("→1")), "{told:?}");
    assert!(!told.iter().any(|row| row.ends_with("removed")), "{told:?}");
}

/// 二, 十三, 三十 …
fn number(n: usize) -> String {
    let digit = |n: usize| ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"][n];
    let tens = if n < 20 { "" } else { digit(n / 10) };
    format!("{tens}{}{}", if n < 10 { "" } else { "十" }, digit(n % 10))
}

#[test]
fn penalties_between_the_same_neighbours_are_no_pair_for_their_amounts() {
    let penalty = "由省人民政府交通主管部门责令停止违法行为，没收违法所得，可以并处二千元以上二万元以下的罚款。";
    let breaches = ["超载", "夜航不挂号灯", "出借船名牌", "酒后驾驶", "不配救生衣", "隐瞒沉没", "拒绝检验", "伪造客票"];
    let boats =
        ["渡船", "货船", "客船", "拖船"].iter().flat_map(|boat| breaches.map(|breach| format!("{boat}{breach}")));
    let rest: Vec<String> = boats.map(|breach| format!("违反本条例规定，{breach}的，{penalty}")).collect();
    let text = |second: &str| {
        let articles = std::iter::once(second).chain(rest.iter().map(String::as_str)).enumerate();
        let articles: String = articles.map(|(at, text)| format!("第{}条　{text}\n", number(at + 2))).collect();
        format!("{WHY}{articles}")
    };
    let old = text(&format!("违反本条例规定，从渡船上向航道抛撒货物垃圾的，{penalty}"));
    let new = text(&format!(
        "违反本条例规定，涂改检验簿册印鉴的，{}并处五万元以上二十万元以下的罚款；情节严重的，吊销渡运证。",
        penalty.split("可以").next().unwrap()
    ));
    let told = told(&old, &new);
    assert!(told.contains(&"1→ removed".to_string()) && told.contains(&"→1 added".to_string()), "{told:?}");
}

#[test]
fn a_provision_that_is_a_paragraph_elsewhere_is_parted_from_what_is_only_like_it() {
    let goods = "用于渡运的缆绳、救生衣、灭火器，或者用于码头经营的工具、设备";
    let old =
        format!("{WHY}第二条　生产、销售不符合安全标准的船用涂料，{goods}，构成犯罪的，以销售伪劣产品罪定罪处罚。\n");
    let new = format!(
        "{WHY}第二条　在渡运、装卸、贮存过程中，使用不符合安全标准的缆绳、救生衣、灭火器，或者用于码头经营的工具、设备，造成乘客受伤的，以重大责任事故罪定罪处罚。\n\
         第三条　生产、销售不符合安全标准的船用涂料，{goods}，符合刑法规定的，以销售伪劣产品罪定罪处罚。\n\
         收购用超过检验期限的船板拼装的渡船，或者以涂改船名、伪造检验簿等方式出售渡船的，适用前款的规定。\n\
         实施前两款行为，同时构成其他犯罪的，依照处罚较重的规定定罪处罚。\n"
    );
    let told = told(&old, &new);
    assert!(told.iter().any(|row| row.starts_with("1→2") || *row == "1→ moved_changed 1/→2/p1"), "{told:?}");
    assert!(told.contains(&"→1 added".to_string()), "{told:?}");
}

#[test]
fn what_stands_elsewhere_with_all_its_paragraphs_has_moved_and_is_not_gone() {
    let (plan, drill) = (
        "学校应当将渡运安全列入教学计划，采取有效措施，保证渡运安全教育的质量和效果。",
        "学校组织水上训练活动，应当采取措施，加强安全保障，配备救生艇和医护人员。",
    );
    let head = "教育行政部门应当对学校渡运安全教育进行指导和监督，并每年组织两次考核。";
    let other = "普通高等学校的水上训练由学校负责训练的机构实施，驻地渡口管理机构应当协助。";
    let old = format!("{WHY}第二条　{plan}\n{drill}\n第三条　{head}\n第四条　{other}\n");
    let new = format!("{WHY}第二条　{head}\n{plan}\n第三条　{other}\n{drill}\n");
    let told = told(&old, &new);
    assert_eq!(
        told,
        ["0→0 kept", "1→ moved 1/p1→1/p2 1/p2→2/p2", "2→1 moved_changed", "3→2 moved_changed"]
            .map(String::from)
            .to_vec()
    );
}

#[test]
fn a_paragraph_that_was_joined_with_others_elsewhere_is_followed() {
    let told_to = "委托人申请登记的渡船可能存在本条例规定不得登记情形的，代办机构应当明确告知委托人。";
    let none = "代办机构除为自用渡船申请登记外，不得申请登记其他渡船。";
    let old = format!("{WHY}第二条　代办机构应当遵守渡运行业的执业纪律。\n{told_to}\n{none}\n");
    let new = format!(
        "{WHY}第二条　{none}\n第三条　渡船登记的收费标准由省价格主管部门制定，每三年调整一次。\n\
         代办机构应当在受理之日起五日内完成资料核对；对知悉的营运线路和客源，负有保密义务；{told_to}\n"
    );
    let parts = compared(&old, &new).moved_parts;
    let shown: Vec<String> =
        parts.iter().map(|part| format!("{}/{} {}/{}", part.old, part.old_part, part.new, part.new_part)).collect();
    assert_eq!(shown, ["1/p2 2/p2"]);
}

#[test]
fn one_paragraph_that_nothing_else_comes_near_is_where_a_provision_went() {
    let old = format!(
        "{WHY}第二条　经营单位应当根据渡运规定和渡工职责要求，做好渡工的教育管理工作，保持良好的值班、训练、工作、生活秩序。\n\
         第三条　渡船夜间停渡；确需夜渡的，应当配备照明设备。\n"
    );
    let new = format!(
        "{WHY}第二条　渡船夜间停渡；确需夜渡的，应当配备照明设备。\n\
         第三条　渡工有权休假，期限由合同约定；一年内连续出勤三百天的，可以连续休假三十天，往返路费由经营者负担，\
         休假期间的津贴、餐费、住宿费照发，因抢险不能休假的，按天数补休或者折算加班费，补休不得跨年。\n\
         经营单位应当根据渡运规定，结合渡工身份属性和岗位责任，坚持尊重激励与监督约束并重，做好渡工的教育管理工作，营造良好环境。\n"
    );
    let told = told(&old, &new);
    assert!(told.contains(&"1→ moved_changed 1/→2/p2".to_string()), "{told:?}");
}

#[test]
fn what_became_a_new_provision_whole_is_paired_with_it() {
    let night = "渡船夜间停渡；确需夜渡的，应当配备照明设备。";
    let old = format!(
        "{WHY}第二条　经营单位应当根据渡运规定和渡工职责要求，做好渡工的教育管理工作，保持良好的值班、训练、工作、生活秩序。\n第三条　{night}\n"
    );
    let new = format!(
        "{WHY}第二条　{night}\n第三条　经营单位应当根据渡运规定，结合渡工身份属性和岗位责任，坚持统分结合、注重效能，坚持尊重激励与监督\
         约束并重，做好渡工的教育管理工作，营造良好环境。\n"
    );
    assert_eq!(told(&old, &new), ["0→0 kept", "2→1 moved", "1→2 moved_changed"].map(String::from).to_vec());
}
