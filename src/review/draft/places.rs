//! Names of places as one sign: the issuer's own names, words for the own place, and whole names of regions.

use crate::law::level::{region_at_end, region_name};
use crate::review::words::{HERE, pattern};
use crate::text::fold::fold_str;
use regex::Regex;
use std::sync::LazyLock;

/// Short names of provinces: only these are no other words.
const PROVINCES: &str = "北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆";
/// Words for the own place, and names that notices leave out (某县).
static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        "{PROVINCES}|{}",
        r"本地区?|本(?:行政区域|辖区|[省市县区州旗镇乡])|我[省市县区州旗镇乡]|[省市县域州]内|辖区内?|当地|属地|本土|[区县市省]属|项目(?:所在地|实施地)|甲方所在地|(?:某|X{1,3}|x{1,3})[省市县区镇旗州乡]"
    ))
});
/// What makes a name of a place the name of an organ or of a people: nothing is said of where a trader is from.
static ORGAN_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:级|各级)?(?:人民政府|政府|人民法院|人民检察院|党委|县?委|人大|公安|民政|财政|教育|有关部门|相关部门|主管部门|行政主管|实际|群众|居民|村民|经济|社会|发展|\p{Han}{2,8}(?:局|办公室|委员会)|管理)",
    )
});
/// Names and short names in an issuer: 云州省云溪县人民政府.
static IN_ISSUER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\p{Han}{2,8}?(?:自治区|自治州|自治县|省|市|县|区|旗|镇|乡)"));

/// The names of places of a draft.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// Folded, longest first.
    own: Vec<String>,
}

impl Places {
    /// The names that an issuer and its region give.
    pub fn new(issuer: &str, region: Option<&str>) -> Places {
        let issuer = fold_str(issuer);
        let mut own: Vec<String> = IN_ISSUER.find_iter(&issuer).map(|name| name.as_str().to_string()).collect();
        own.extend(
            region.iter().flat_map(|code| above(code)).filter_map(|code| region_name(&code)).map(str::to_string),
        );
        let short: Vec<String> = own.iter().filter_map(|name| short(name)).collect();
        own.extend(short);
        own.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        own.dedup();
        Places { own }
    }

    /// The names, longest first.
    pub fn names(&self) -> &[String] {
        &self.own
    }

    /// Bytes of the names of places in a folded text, in order, none inside another.
    pub(super) fn find(&self, folded: &str) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = WORDS.find_iter(folded).map(|word| (word.start(), word.end())).collect();
        for name in &self.own {
            found.extend(folded.match_indices(name.as_str()).map(|(at, name)| (at, at + name.len())));
        }
        for (at, end) in
            folded.char_indices().filter(|(_, c)| "省市县区旗州".contains(*c)).map(|(at, c)| (at, at + c.len_utf8()))
        {
            debug_assert!(at < end);
            if let Some(name) = folded.get(..end).and_then(region_at_end) {
                found.push((end - name.len(), end));
            }
        }
        found.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.cmp(&one.1)));
        let mut last = 0;
        found.retain(|(start, end)| {
            let keeps = *start >= last && !folded.get(*end..).is_some_and(|behind| ORGAN_BEHIND.is_match(behind));
            last = if keeps { *end } else { last };
            keeps
        });
        found
    }
}

/// A name without the word for its rank: 云溪县 → 云溪. Names of two characters have no short form.
fn short(name: &str) -> Option<String> {
    let ends = ["自治区", "自治州", "自治县", "省", "市", "县", "区", "旗", "镇", "乡"];
    let rest = ends.iter().find_map(|end| name.strip_suffix(end))?;
    (rest.chars().count() >= 2).then(|| rest.to_string())
}

/// A region code and those above it.
fn above(code: &str) -> Vec<String> {
    let cut = |digits: usize| code.get(..digits).map(|start| format!("{start:0<6}"));
    [Some(code.to_string()), cut(4), cut(2)].into_iter().flatten().collect()
}

/// The sign in place of a name.
pub(super) const SIGN: char = HERE;
