use super::*;
use crate::law::Document;
use proptest::prelude::*;

fn of(html: &str) -> Document {
    match read("x.html", html) {
        Outcome::Documents { mut documents, .. } => documents.remove(0).document,
        other => panic!("{other:?}"),
    }
}

const PAGE: &str = "<!DOCTYPE html><html><head><title>云桥县政府</title><style>p{}</style></head><body>\
    <nav>首页</nav><table><tr><td><b>索 引 号：</b></td><td>0001/2026-1</td><td>发文机关：</td><td>云桥县政府</td></tr>\
    <tr><td>标　　题：</td><td>云桥县渡口办法</td><td>发布日期：</td><td>2026年03月04日</td></tr></table>\
    <div id=\"UCAP-CONTENT\"><p style=\"text-align: center\">云桥县渡口办法</p><p>第一条　为了加强渡口\n管理，保障安全，制定本办法。\
    渡口的设置、经营和管理，适用本办法；法律另有规定的，从其规定，不再重复。</p>\
    <table><tr><td rowspan=\"2\">渡口</td><td>甲</td></tr><tr><td>乙</td></tr></table>\
    <p style=\"display: none\">不见</p><p>第二条　ABC <b>DEF</b>。<br>（一）丙</p></div><footer>版权</footer></body></html>";

#[test]
fn the_main_text_and_the_box_of_a_page_are_read() {
    let found = of(PAGE);
    assert_eq!((found.title.as_str(), found.issuer.as_deref()), ("云桥县渡口办法", Some("云桥县政府")));
    assert_eq!(found.index_number.as_deref(), Some("0001/2026-1"));
    assert_eq!(found.promulgation_date, Some(jiff::civil::date(2026, 3, 4)));
    let lines: Vec<&str> = found.text.lines().collect();
    assert!(lines[0].starts_with("第一条　为了加强渡口管理，"), "{lines:?}");
    assert_eq!(lines[1..], ["| 渡口 | 甲 |", "| 渡口 | 乙 |", "第二条　ABC DEF。", "（一）丙"]);
}

#[test]
fn a_fragment_is_a_page_and_an_error_page_is_refused() {
    assert_eq!(of("<p>渡口案例</p><p>一、某案。违反规定。</p>").text, "一、某案。违反规定。");
    let page = "<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>";
    match read("办法.docx", page) {
        Outcome::Refused(refusal) => assert!(refusal.message.contains("403 Forbidden"), "{}", refusal.message),
        other => panic!("{other:?}"),
    }
}

#[test]
fn raised_and_lowered_digits_stay_apart_from_the_number_before_them() {
    let page = "<h1>云桥县渡口办法</h1><p>第一条　10<sup>5</sup>吨，1×10<sup><span>-3</span></sup>，CO<sub>2</sub>，\
        甲<sup>[1]</sup>。</p><table><tr><td>面积</td><td>10m<sup> 2 </sup></td></tr><tr><td>甲</td><td>a<sup>x<br>3</sup></td></tr></table>";
    assert_eq!(of(page).text, "第一条　10⁵吨，1×10⁻³，CO₂，甲[1]。\n| 面积 | 10m² |\n| 甲 | ax　³ |");
}

#[test]
fn characters_that_only_a_font_knows_stay_where_they_stand() {
    let found = of("<h1>云桥县渡口办法</h1><p>第一条　每件0&#xE010;02元，加收7&#xE011;5%。</p>");
    assert_eq!(found.text, "第一条　每件0\u{e010}02元，加收7\u{e011}5%。");
    assert_eq!(found.notes, ["私用区字符 2 个，原样保留，可能无法显示"]);
}

#[test]
fn pieces_of_pages_are_told_from_other_markup() {
    for page in [
        "<h1>甲",
        "<p>甲",
        "<SPAN class=a>甲",
        "<br/>甲",
        "<!-- x -->\n<h2>甲",
        "<?xml version=\"1.0\"?>\n<!DOCTYPE html><html>",
    ] {
        assert!(recognises(page), "{page}");
    }
    for other in ["甲<p>", "<甲>", "<?xml version=\"1.0\"?><w:document>", "<pkg>", "<paragraph>", "<", "<?xml"] {
        assert!(!recognises(other), "{other}");
    }
    assert!(is_whole(" <!DOCTYPE HTML><p>") && !is_whole("<p>甲"));
}

#[test]
fn a_page_that_asks_for_a_password_is_refused() {
    let field =
        "<html><title>统一身份认证平台</title><body><form>用户名<input>密码<input type=password></form></body></html>";
    let words = "<html><body><h1>云桥县统一身份认证</h1><p>用户名</p><p>密码</p><p>请登录</p></body></html>";
    for page in [field, words] {
        let outcome = read("办法.pdf", page);
        assert!(matches!(&outcome, Outcome::Refused(refusal) if refusal.message.contains("登录页")), "{outcome:?}");
    }
    let rule = "<p>云桥县系统管理办法</p><p>第一条　用户名由单位确定。</p><p>第二条　密码不得外借。</p><p>第三条　登录应当留痕。</p>";
    assert_eq!(of(rule).title, "云桥县系统管理办法");
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(html in "(<sup>|</sup>|<sub>|-3|<table>|</table>|<tr>|<td rowspan=9 colspan=3>|<td>|<p>|</p>|<br>|甲|&nbsp;| |<div align=center>|<script>|</div>){0,60}") {
        let _ = read("x.html", &html);
    }
}

#[test]
fn all_parts_of_a_page_and_its_heading_are_read() {
    let page = "<html><body><h1>云桥县关于渡口的通知</h1><div class=\"TRS_Editor\"><p>第一条 渡口由县人民政府管理，经营者应当公示票价，\
        保障乘客的安全，并且按照规定配备救生设备，接受检查。</p><ol><li>救生衣</li><li>护栏</li></ol></div>\
        <table><caption>票价表</caption><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>\
        <div class=\"TRS_Editor\"><table><caption>票价表</caption><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>\
        <p>附件：渡口名单</p></div></body></html>";
    let found = of(page);
    assert_eq!(found.title, "云桥县关于渡口的通知");
    for words in ["第一条 渡口", "1. 救生衣\n2. 护栏", "票价表\n| 甲 | 乙 |", "附件：渡口名单"] {
        assert!(found.text.contains(words), "{words}: {}", found.text);
    }
}

#[test]
fn labels_and_values_in_cells_are_a_head() {
    let page = "<html><body><table><tr><td>索引号</td><td>0001/2025-0009</td></tr><tr><td>发文字号</td><td>云政发〔2025〕9号</td></tr>\
        <tr><td>发布机构</td><td>云桥县人民政府</td></tr></table><div id=\"zoom\"><p>云桥县关于渡口的通知</p><p>渡口由县人民政府管理，经营者应当公示票价，\
        保障乘客的安全，并且按照规定配备救生设备，接受检查，不得超载。</p></div></body></html>";
    let found = of(page);
    assert_eq!(found.document_number.as_deref(), Some("云政发〔2025〕9号"));
    assert_eq!(found.index_number.as_deref(), Some("0001/2025-0009"));
}

#[test]
fn labels_that_only_one_site_has_do_not_hide_the_others() {
    let row = |label: &str, value: &str| format!("<tr><td>{label}</td><td>{value}</td></tr>");
    let known =
        row("索引号", "0001/2025-0009") + &row("发文字号", "云政发〔2025〕9号") + &row("发布机构", "云桥县人民政府");
    for more in [row("主题词", "渡口"), row("公开方式", "主动公开") + &row("浏览次数", "12")] {
        let page = format!(
            "<html><body><table>{known}{more}</table><div id=\"zoom\"><p>云桥县关于渡口的通知</p><p>渡口由县人民政府管理，经营者应当公示票价，\
             保障乘客的安全，并且按照规定配备救生设备，接受检查，不得超载。</p></div></body></html>"
        );
        let found = of(&page);
        assert_eq!(found.document_number.as_deref(), Some("云政发〔2025〕9号"), "{more}");
        assert_eq!(found.title, "云桥县关于渡口的通知");
    }
}

#[test]
fn pages_that_refuse_are_refused() {
    for title in ["访问受限", "Just a moment...", "页面不存在"] {
        let page = format!("<html><head><title>{title}</title></head><body><p>请稍后再试。</p></body></html>");
        assert!(matches!(read("x.html", &page), Outcome::Refused(_)), "{title}");
    }
}

#[test]
fn struck_out_and_hidden_text_is_left_out_and_told() {
    let page = "<h1>云桥县渡口办法</h1><p>第一条　超载的，处<del>一百元</del><s>二百元</s><strike>三百元</strike>五百元罚款。</p>\
        <p style=\"display:none\">第二条　不见</p><table><tr><td>甲</td><td>乙<del>丙</del></td></tr><tr><td>丁</td><td>戊</td></tr></table>\
        <script>x</script>";
    let found = of(page);
    assert_eq!(found.text, "第一条　超载的，处五百元罚款。\n| 甲 | 乙 |\n| 丁 | 戊 |");
    assert_eq!(found.notes, ["隐藏文字 5 字未读入", "修订中删除或移走的文字 10 字未读入"]);
}

#[test]
fn members_of_lists_are_numbered_as_a_browser_shows_them() {
    let page = "<h1>云桥县渡口清单</h1><ol start=\"3\"><li>3人以上的</li><li value=\"7\">一般的</li><li>三、已有编号</li><li>末</li></ol>\
        <ol start=0><li>零</li></ol><ol style=\"list-style: none\"><li>无号</li></ol><ol type=a><li>字母</li></ol><ul><li value=5>点</li></ul>\
        <ol reversed><li>倒二</li><li>倒一</li></ol><ol reversed start=9><li>九</li><li>八</li></ol><ol type=I start=4><li>罗马</li></ol>\
        <ol style=\"list-style-type:upper-alpha\" start=27><li>大写</li></ol><ol style=\"list-style-type: cjk-ideographic\" start=12><li>汉字</li></ol>\
        <ol type=i start=0><li>无罗马数字</li></ol><ol style=\"list-style-type: georgian\"><li>他种</li></ol>";
    let text = of(page).text;
    let lines: Vec<&str> = text.lines().collect();
    let told = ["3. 3人以上的", "7. 一般的", "三、已有编号", "9. 末", "0. 零", "无号", "a. 字母", "点"];
    let more = ["2. 倒二", "1. 倒一", "9. 九", "8. 八", "IV. 罗马", "AA. 大写", "十二、汉字", "0. 无罗马数字", "他种"];
    let told = [&told[..], &more[..]].concat();
    assert_eq!(lines, told);
}

#[test]
fn text_that_a_style_strikes_through_is_read_and_told() {
    let page = "<h1>云桥县渡口办法</h1><p>第一条　超载的，处<span style=\"color: red; text-decoration: line-through\">一百元<b>以下</b></span>\
        <span style=\"text-decoration-line:underline line-through\">罚款</span>五百元罚款<span style=\"text-decoration:underline\">。</span></p>";
    let found = of(page);
    assert_eq!(found.text, "第一条　超载的，处一百元以下罚款五百元罚款。");
    assert_eq!(found.notes, ["带删除线的文字 7 字，原样读入，请核对是否已经删去"]);
}

#[test]
fn text_that_a_sheet_strikes_through_is_told_too() {
    let notes = |sheet: &str, mark: &str| {
        let page = format!(
            "<html><head><style>{sheet}</style></head><body><h1>云桥县渡口办法</h1><p>第一条　超载的，处<span {mark}>一百元</span>五百元\
             罚款。</p></body></html>"
        );
        of(&page).notes
    };
    let told = ["带删除线的文字 3 字，原样读入，请核对是否已经删去"];
    for (sheet, mark) in [
        (".old{color:red;text-decoration:line-through}", "class=\"new old\""),
        ("p{} /* } */ td.x, p span.old { TEXT-DECORATION-LINE: underline line-through; }", "class=\"old\""),
        ("@media screen { #gone { text-decoration: line-through } }", "id=\"gone\""),
        ("span{text-decoration:line-through}", ""),
    ] {
        assert_eq!(notes(sheet, mark), told, "{sheet}");
    }
    for (sheet, mark) in [
        (".old{text-decoration:underline}", "class=\"old\""),
        (".old{text-decoration:line-through}", "class=\"older\""),
        ("td.old{text-decoration:line-through}", "class=\"old\""),
        (".old:hover{text-decoration:line-through}", "class=\"old\""),
        ("/* .old{text-decoration:line-through} */", "class=\"old\""),
        (".old{text-decoration:line-through", "id=\"old\""),
    ] {
        assert_eq!(notes(sheet, mark), [""; 0], "{sheet}");
    }
}

#[test]
fn a_mark_that_closes_itself_strikes_nothing() {
    let page = "<h1>云桥县渡口办法</h1><p>第一条<s/>　渡口<del class=\"a\" />由县人民政府管理。<STRIKE/></p><p>第二条　<s>旧</s>新。</p>";
    let found = of(page);
    assert_eq!(found.text, "第一条　渡口由县人民政府管理。\n第二条　新。");
    assert_eq!(found.notes, ["修订中删除或移走的文字 1 字未读入"]);
}

#[test]
fn a_box_tells_the_end_by_any_label() {
    let page = |label: &str, value: &str| {
        of(&format!(
            "<html><body><table><tr><td>索引号</td><td>0001/2026-1</td><td>{label}</td><td>{value}</td></tr>\
             <tr><td>发文机关</td><td>云桥县人民政府</td><td>发文字号</td><td>云政发〔2023〕3号</td></tr></table>\
             <h1>云桥县渡口办法</h1><p>第一条　渡口由乡镇管理，船工应当遵守。</p><p>第二条　本办法自2023年1月1日起施行。</p></body></html>"
        ))
    };
    for label in ["失效日期", "到期日", "终止日期：", "有效期", "有效期截止"] {
        let found = page(label, "2027-12-31");
        assert_eq!(found.valid_until, Some(jiff::civil::date(2027, 12, 31)), "{label}");
        assert!(found.text.starts_with("第一条"), "{label}: {}", found.text);
        assert_eq!(found.document_number.as_deref(), Some("云政发〔2023〕3号"));
    }
    let years = page("有效期", "5年");
    assert_eq!((years.title.as_str(), years.valid_until), ("云桥县渡口办法", None));
    assert!(years.text.starts_with("有效期：5年\n第一条"), "{}", years.text);
    assert_eq!(page("是否失效", "否").asserted_status.as_deref(), Some("in_force"));
    assert_eq!(page("废止日期", "2024-03-01").asserted_status.as_deref(), Some("repealed"));
}

#[test]
fn a_day_with_its_hour_and_a_state_are_read() {
    let body = "<div id=\"zoom\"><p>云桥县关于渡口的通知</p><p>渡口由县人民政府管理，经营者应当公示票价，\
        保障乘客的安全，并且按照规定配备救生设备，接受检查，不得超载。</p></div></body></html>";
    for head in [
        "<p>发布日期：2025-03-04 10:20</p><p>状态：失效</p>",
        "<span>发布日期：</span><span>2025-03-04 10:20:30</span><span>状态</span><span>失效</span>",
        "<table><tr><td>发布日期</td><td>2025-03-04 10:20</td></tr><tr><td>状态</td><td>失效</td></tr></table>",
    ] {
        let found = of(&format!("<html><body>{head}{body}"));
        assert_eq!(found.promulgation_date, Some(jiff::civil::date(2025, 3, 4)), "{head}");
        assert_eq!(found.asserted_status.as_deref(), Some("expired"), "{head}");
        assert!(found.text.starts_with("渡口由县"), "{head}: {}", found.text);
    }
    let found = of(&format!("<html><body><p>发布日期：2025-03-04</p><p>状态：办理中</p>{body}"));
    assert!(found.asserted_status.is_none() && !found.text.contains("办理中"), "{found:?}");
}
