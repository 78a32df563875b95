//! Numbers that name a person: identity cards, phones, bank accounts, mail addresses; `plates` reads plates.
//!
//! A run of digits is judged by its form and by the nearest word before it: 身份证号 and 账号 make nearly any run personal,
//! 统一社会信用代码 and 订单号 make it none.

use super::edits::Edit;
use super::{MaskKind, Profile, plates};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What stands for a number.
pub(super) const MASK: &str = "×××";
/// So many bytes before a number are asked what it is.
const CUE_BYTES: usize = 60;
/// So near before a number stands what tells that it is a card, in characters.
const CARD_CHARS: usize = 10;
/// Longest run, in characters without gaps, that is read at all.
const RUN_MAX: usize = 40;

/// Length of the code of an organisation.
const CODE_CHARS: usize = 18;
/// What ends the name of a bank, behind which the number of an account stands without a word.
const BANKS: [&str; 14] = [
    "银行",
    "支行",
    "分行",
    "信用社",
    "农商行",
    "分理处",
    "储蓄所",
    "营业部",
    "工行",
    "农行",
    "中行",
    "建行",
    "交行",
    "招行",
];
/// Digits of an account, whatever its sum.
const ACCOUNT_DIGITS: std::ops::RangeInclusive<usize> = 12..=25;

/// Digits, with stars for hidden ones and single gaps between them.
static RUN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[0-9０-９*＊×xX✱●](?:[ \-－—]?[0-9０-９*＊×xX✱●])*").expect("a constant pattern"));
static DOCUMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:护照|通行证|居留证|军官证|士兵证|警官证|台胞证|回乡证|证件)(?:号码?|编号)?[为是系]?[：:\s]{0,3}([A-Za-z]{1,3}[0-9*＊×]{5,12})",
    )
    .expect("a constant pattern")
});
static MAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"[A-Za-z0-9._%+\-]{1,64} ?(?:@|＠|[（(\[]at[）)\]]) ?[A-Za-z0-9\-]{1,63}(?:[.．][A-Za-z0-9\-]{1,63}){1,4}",
        r"|邮箱(?:地址)?[为是系]?[：:“（( ]{0,2}([A-Za-z0-9._\-]{2,64} ?[#＃] ?[A-Za-z0-9\-]{1,63}(?:[.．][A-Za-z0-9\-]{1,63}){1,4})"
    ))
    .expect("a constant pattern")
});
/// Accounts of messengers. The first two groups are said to be some, so that they need no digit.
static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    let said = "(?:微信|QQ|qq|支付宝|抖音|快手|微博)(?:号码?|账[号户]|帐[号户]|ID|id)";
    let sign = "[为是系]?[：:“（( ]{0,2}";
    Regex::new(&format!(
        r"{said}{sign}([A-Za-z0-9_\-]{{5,30}})|微信[（(]([A-Za-z][A-Za-z0-9_\-]{{5,20}})[）)]|(?:微信|QQ|qq|支付宝){sign}([A-Za-z0-9_\-]{{5,30}})"
    ))
    .expect("a constant pattern")
});
/// What stands behind the name of a messenger and is no account.
const NO_ACCOUNTS: [&str; 8] = ["wechat", "weixin", "alipay", "tiktok", "douyin", "android", "iphone", "windows"];

/// An identity card in Chinese digits.
static SPOKEN_CARD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("[一二三四五六七八九][〇零○一幺二三四五六七八九]{16}[〇零○一幺二三四五六七八九XxＸ]")
        .expect("a constant pattern")
});
/// A mobile phone in Chinese digits.
static SPOKEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("[一幺][三四五六七八九][〇零○一幺二两三四五六七八九]{9}").expect("a constant pattern"));

/// A landline with its area in brackets: （0412）1234567.
static LANDLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[（(]0[1-9][0-9]{1,2}[）)][ \-－—]{0,3}[2-9][0-9]{2,3}[ \-－—]?[0-9]{4}").expect("a constant pattern")
});

/// Words before a number that say what it is.
const CUES: &[(&str, Said)] = &[
    ("身份证", Said::Identity),
    ("身份号码", Said::Identity),
    ("公民身份", Said::Identity),
    ("证件号", Said::Identity),
    ("护照", Said::Identity),
    ("居留证", Said::Identity),
    ("通行证", Said::Identity),
    ("军官证", Said::Identity),
    ("身份证明号", Said::Identity),
    ("驾驶证", Said::Identity),
    ("驾照", Said::Identity),
    ("电话", Said::Phone),
    ("手机", Said::Phone),
    ("联系方式", Said::Phone),
    ("致电", Said::Phone),
    ("传真", Said::Phone),
    ("Tel", Said::Phone),
    ("TEL", Said::Phone),
    ("账号", Said::Account),
    ("帐号", Said::Account),
    ("账户", Said::Account),
    ("帐户", Said::Account),
    ("卡号", Said::Account),
    ("银行卡", Said::Account),
    ("储蓄卡", Said::Account),
    ("信用卡", Said::Account),
    ("借记卡", Said::Account),
    ("存折", Said::Account),
    ("社会信用代码", Said::Other),
    ("信用代码", Said::Other),
    ("注册号", Said::Other),
    ("执照", Said::Other),
    ("许可证", Said::Other),
    ("登记证", Said::Other),
    ("登记号", Said::Other),
    ("登记书", Said::Other),
    ("组织机构代码", Said::Other),
    ("资格证", Said::Other),
    ("执法证", Said::Other),
    ("从业证", Said::Other),
    ("准字", Said::Other),
    ("字第", Said::Other),
    ("书第", Said::Other),
    ("订单", Said::Other),
    ("单号", Said::Other),
    ("编号", Said::Other),
    ("批号", Said::Other),
    ("批次", Said::Other),
    ("条码", Said::Other),
    ("条形码", Said::Other),
    ("票号", Said::Other),
    ("发票", Said::Other),
    ("合同号", Said::Other),
    ("保单", Said::Other),
    ("发动机号", Said::Other),
    ("车架号", Said::Other),
    ("识别代号", Said::Other),
    ("串号", Said::Other),
    ("http", Said::Other),
    ("〔", Said::Other),
    ("文号", Said::Other),
    ("专利", Said::Other),
    ("商标", Said::Other),
];

/// Words that make a phone one of an office or a firm.
const OFFICE_PHONES: &[&str] = &[
    "举报",
    "投诉电话",
    "咨询",
    "监督电话",
    "服务热线",
    "客服",
    "本局",
    "我局",
    "本机关",
    "本院",
    "办公室",
    "单位电话",
    "值班",
    "热线",
];

/// Messengers, whose accounts are none of banks.
const MESSENGERS: &[&str] = &["QQ", "微信", "支付宝", "抖音"];

/// What the words before a number say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Identity,
    Phone,
    Account,
    /// Something that is no person's.
    Other,
}

/// Every number to be masked.
pub(super) fn find(text: &str, profile: Profile) -> Vec<Edit> {
    let mut edits = Vec::new();
    for run in RUN.find_iter(text) {
        judge(text, behind_mask(text, run.range()), profile, &mut edits);
    }
    if profile == Profile::Case {
        landlines(text, &mut edits);
        documents(text, &mut edits);
        plates::find(text, &mut edits);
        spoken(text, &mut edits);
        mails(text, &mut edits);
    }
    edits
}

/// A run without the number of a masked name that it begins with: 张某1 62…
fn behind_mask(text: &str, run: Range<usize>) -> Range<usize> {
    let digits = text[run.clone()].find(|c: char| !c.is_ascii_digit()).unwrap_or(run.len());
    let number = text[..run.start].ends_with('某') && text[run.start + digits..run.end].starts_with(is_gap);
    let gap = text[run.start + digits..].chars().next().map_or(0, char::len_utf8);
    if number { run.start + digits + gap..run.end } else { run }
}

/// Judges a run as a whole, then by the parts that its gaps divide.
fn judge(text: &str, run: Range<usize>, profile: Profile, edits: &mut Vec<Edit>) {
    let edit = |range: Range<usize>, kind| Edit { range, mask: MASK.to_string(), kind };
    if let Some(kind) = kind_of(text, run.clone(), profile) {
        edits.push(edit(run, kind));
        return;
    }
    let whole = &text[run.clone()];
    if !whole.contains(is_gap) {
        return;
    }
    let mut start = run.start;
    for part in whole.split(is_gap) {
        let range = start..start + part.len();
        start = range.end + text[range.end..].chars().next().map_or(0, char::len_utf8);
        if let Some(kind) = kind_of(text, range.clone(), profile) {
            edits.push(edit(range, kind));
        }
    }
}

/// Whether a character can be part of a number: a digit, or what stands for a hidden one.
pub(super) fn is_part(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９' | '*' | '＊' | '×' | 'x' | 'X' | '✱' | '●')
}

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '-' | '－' | '—')
}

/// The number without gaps, its full width digits made plain, hidden ones as `*`; `None` if it is too long.
fn compact(run: &str) -> Option<String> {
    let mut plain = String::new();
    for c in run.chars().filter(|c| !is_gap(*c)) {
        plain.push(match c {
            '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10)?,
            '0'..='9' | 'x' | 'X' => c.to_ascii_uppercase(),
            _ => '*',
        });
        if plain.len() > RUN_MAX {
            return None;
        }
    }
    Some(plain)
}

/// What kind of personal number a run is.
fn kind_of(text: &str, run: Range<usize>, profile: Profile) -> Option<MaskKind> {
    let plain = compact(&text[run.clone()])?;
    if is_code(text, run.clone()) && !is_identity(&plain) {
        return None;
    }
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    if digits < 3 {
        return None;
    }
    let before = line_before(text, run.start);
    let cue = cue(before);
    let attached = is_attached(before);
    let follows = text[run.end..].chars().next();
    let unit = follows.is_some_and(|c| "元万亿个年月日%％.平亩吨公千克米".contains(c));
    let whole = digits == plain.len() || digits + 1 == plain.len() && plain.ends_with('X');
    if profile == Profile::Norm {
        return in_norm(&plain, cue, attached);
    }
    match cue {
        Some(Said::Identity) if plain.len() >= 6 => return Some(MaskKind::IdentityNumber),
        Some(Said::Account) if plain.len() >= 5 && MESSENGERS.iter().any(|word| before.contains(word)) => {
            return Some(MaskKind::Email);
        }
        Some(Said::Account) if plain.len() >= 8 && !unit => return Some(MaskKind::BankAccount),
        Some(Said::Phone) if (7..=13).contains(&plain.len()) && !unit && !attached => {
            let office = OFFICE_PHONES.iter().any(|word| before.contains(word));
            let mobile = plain.len() == 11 && plain.starts_with('1');
            return (!office || mobile).then_some(MaskKind::Phone);
        }
        // Whatever it is called: a number with the check digit of an identity card is one.
        Some(Said::Other) => {
            // The number of a driving licence is that of the identity card, its file bears one of its own.
            let drives = ["驾驶证", "驾照"].iter().any(|word| before.contains(word)) && whole && !unit;
            let is_card = plain.len() == 18 && is_identity(&plain) && has_check_digit(&plain);
            let is_card = is_card || drives && matches!(plain.len(), 12 | 18);
            return is_card.then_some(MaskKind::IdentityNumber);
        }
        _ => {}
    }
    if attached || unit {
        return None;
    }
    by_form(&plain, whole, text, run)
}

/// Whether a run is part of the code of an organisation (统一社会信用代码, GB 32100): eighteen digits and capitals, of which the kind of
/// registration leads, the region follows and the last is a check; letters other than a last X tell it from an identity card.
fn is_code(text: &str, run: Range<usize>) -> bool {
    let part = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase();
    let before = text[..run.start].chars().rev().take(CODE_CHARS).take_while(|c| part(*c)).count();
    let behind = text[run.end..].chars().take(CODE_CHARS).take_while(|c| part(*c)).count();
    let Some(code) = text.get(run.start - before..run.end + behind).map(str::as_bytes) else { return false };
    let [kind @ (b'1' | b'5' | b'9' | b'A' | b'N' | b'Y'), class, rest @ ..] = code else { return false };
    let registered = matches!((kind, class), (_, b'1'..=b'3' | b'9'));
    let letters = code.iter().take(CODE_CHARS - 1).any(u8::is_ascii_uppercase);
    let other = letters
        || code.ends_with(b"X") && *kind == b'9'
        || code.last().is_some_and(|c| (b'A'..=b'Y').contains(c) && *c != b'X');
    code.len() == CODE_CHARS && registered && other && rest.iter().take(6).all(u8::is_ascii_digit)
}

/// Whether a run goes on with what stands before it. A slash between two numbers divides them: 4866123/18642201234.
fn is_attached(before: &str) -> bool {
    let divided =
        before.strip_suffix(['/', '／']).is_some_and(|head| head.ends_with(is_part) || head.ends_with(is_gap));
    !divided && before.ends_with(|c: char| c.is_ascii_alphanumeric() || "_=/.字".contains(c))
}

/// Whether the words before a number speak of money that goes somewhere, so that a long number is that of a card.
fn tells_card(before: &str) -> bool {
    let near = before.char_indices().rev().take(CARD_CHARS).last().map_or(0, |(at, _)| at);
    ["卡", "账", "帐", "转", "汇", "行", "收款", "打款", "存入", "打入", "支付至"]
        .iter()
        .any(|word| before[near..].contains(word))
}

/// What kind of personal number a run is by its form alone.
fn by_form(plain: &str, whole: bool, text: &str, run: Range<usize>) -> Option<MaskKind> {
    let hidden = plain.bytes().filter(|c| matches!(c, b'*' | b'X')).count();
    if whole && is_identity(plain) {
        return Some(MaskKind::IdentityNumber);
    }
    if !whole && (15..=19).contains(&plain.len()) && plain.starts_with("62") {
        return Some(MaskKind::BankAccount);
    }
    if !whole && matches!(plain.len(), 15 | 18) && plain.starts_with(|c: char| c.is_ascii_digit()) && hidden >= 4 {
        return Some(MaskKind::IdentityNumber);
    }
    if is_mobile(plain) || plain.len() == 11 && !whole && hidden >= 3 && plain.starts_with('1') {
        return Some(MaskKind::Phone);
    }
    let card = whole && (16..=19).contains(&plain.len());
    let told = || tells_card(line_before(text, run.start));
    if card && plain.starts_with("62") && (checks(plain) || told()) || card && told() && checks(plain) {
        return Some(MaskKind::BankAccount);
    }
    // 云桥银行1234567890123: behind the name of a bank a long number is that of an account.
    let bank =
        line_before(text, run.start).trim_end_matches([' ', '：', ':', '，', ',', '（', '(', '\u{3000}', '）', ')']);
    if whole && ACCOUNT_DIGITS.contains(&plain.len()) && BANKS.iter().any(|word| bank.ends_with(word)) {
        return Some(MaskKind::BankAccount);
    }
    let divided = text[run].contains(is_gap);
    (whole && divided && plain.starts_with('0') && (10..=12).contains(&plain.len())).then_some(MaskKind::Phone)
}

/// What is masked in laws and normative documents.
fn in_norm(plain: &str, cue: Option<Said>, attached: bool) -> Option<MaskKind> {
    if attached || cue == Some(Said::Other) || !plain.bytes().all(|c| c.is_ascii_digit() || c == b'X') {
        return None;
    }
    if is_identity(plain) && (plain.len() == 18 && has_check_digit(plain) || cue == Some(Said::Identity)) {
        return Some(MaskKind::IdentityNumber);
    }
    if is_mobile(plain) {
        return Some(MaskKind::Phone);
    }
    let card = (16..=19).contains(&plain.len()) && plain.bytes().all(|c| c.is_ascii_digit()) && checks(plain);
    (card && plain.starts_with("62")).then_some(MaskKind::BankAccount)
}

/// The end of the line before a place, as much as is asked.
pub(super) fn line_before(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(CUE_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = &text[from..at];
    before.rsplit('\n').next().unwrap_or(before)
}

/// What the nearest word before a number says of it. A sentence that ended says nothing.
fn cue(before: &str) -> Option<Said> {
    let before = before.rsplit(['。', '；']).next().unwrap_or(before);
    let nearest = CUES.iter().filter_map(|(word, said)| Some((before.rfind(word)? + word.len(), *said)));
    let (end, said) = nearest.max_by_key(|(end, _)| *end)?;
    // Far from its word a number is something else, unless only digits, names of banks and signs stand between.
    let between = &before[end..];
    let near = between.chars().count() <= 12 || between.chars().all(|c| !c.is_alphabetic() || "号码为是系".contains(c));
    near.then_some(said)
}

/// Eleven digits of a mobile phone, with or without 86.
fn is_mobile(plain: &str) -> bool {
    let bare = plain.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(plain);
    let bytes = bare.as_bytes();
    bytes.len() == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1]) && bytes.iter().all(u8::is_ascii_digit)
}

/// The form of an identity card: a region, a day of birth and a rest, 18 characters or 15.
fn is_identity(plain: &str) -> bool {
    let Some(first) = plain.bytes().next() else { return false };
    let digits = plain.strip_suffix('X').unwrap_or(plain);
    if !(b'1'..=b'9').contains(&first) || !digits.bytes().all(|c| c.is_ascii_digit()) {
        return false;
    }
    match plain.len() {
        18 => matches!(&plain[6..8], "19" | "20") && is_day(&plain[10..14]),
        15 => digits.len() == 15 && first <= b'6' && is_day(&plain[8..12]),
        _ => false,
    }
}

/// Month and day.
fn is_day(digits: &str) -> bool {
    let number = |part: &str| part.parse::<u8>().unwrap_or(0);
    (1..=12).contains(&number(&digits[..2])) && (1..=31).contains(&number(&digits[2..]))
}

/// The last character of an identity card of 18 (GB 11643).
fn has_check_digit(plain: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = plain.bytes().zip(WEIGHTS).map(|(c, weight)| u32::from(c.wrapping_sub(b'0')) * weight).sum();
    plain.bytes().last() == Some(b"10X98765432"[sum as usize % 11])
}

/// The sum by Luhn that bank cards have.
fn checks(plain: &str) -> bool {
    let sum: u32 = plain
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, c)| {
            let digit = u32::from(c.wrapping_sub(b'0'));
            if at % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Landlines with brackets, but those of offices.
fn landlines(text: &str, edits: &mut Vec<Edit>) {
    for found in LANDLINE.find_iter(text) {
        let before = line_before(text, found.start());
        let goes_on = text[found.end()..].starts_with(|c: char| c.is_ascii_digit());
        let office = OFFICE_PHONES.iter().any(|word| before.contains(word));
        if !goes_on && !office && cue(before) != Some(Said::Other) {
            edits.push(Edit { range: found.range(), mask: MASK.to_string(), kind: MaskKind::Phone });
        }
    }
}

/// Passports and the like, which begin with letters.
fn documents(text: &str, edits: &mut Vec<Edit>) {
    for found in DOCUMENT.captures_iter(text).filter_map(|found| found.get(1)) {
        if found.as_str().bytes().any(|c| c.is_ascii_digit()) {
            edits.push(Edit { range: found.range(), mask: MASK.to_string(), kind: MaskKind::IdentityNumber });
        }
    }
}

/// Phones in Chinese digits.
fn spoken(text: &str, edits: &mut Vec<Edit>) {
    let digit = |c: char| "〇零○一幺二两三四五六七八九十百千万年".contains(c);
    for card in SPOKEN_CARD.find_iter(text) {
        edits.push(Edit { range: card.range(), mask: MASK.to_string(), kind: MaskKind::IdentityNumber });
    }
    for found in SPOKEN.find_iter(text) {
        let more = text[found.end()..].starts_with(digit) || text[..found.start()].ends_with(digit);
        if !more {
            edits.push(Edit { range: found.range(), mask: MASK.to_string(), kind: MaskKind::Phone });
        }
    }
}

/// Mail addresses but those of authorities, and accounts of messengers.
fn mails(text: &str, edits: &mut Vec<Edit>) {
    let edit = |range| Edit { range, mask: MASK.to_string(), kind: MaskKind::Email };
    let mails = MAIL.captures_iter(text).filter_map(|found| found.get(1).or_else(|| found.get(0)));
    edits.extend(mails.filter(|mail| !mail.as_str().ends_with(".gov.cn")).map(|mail| edit(mail.range())));
    for found in ACCOUNT.captures_iter(text) {
        let told = found.get(1).or_else(|| found.get(2));
        let Some(account) = told.or_else(|| found.get(3)) else { continue };
        let digits = account.as_str().bytes().any(|c| c.is_ascii_digit());
        let other = NO_ACCOUNTS.contains(&account.as_str().to_ascii_lowercase().as_str());
        if digits || told.is_some() && !other {
            edits.push(edit(account.range()));
        }
    }
}
