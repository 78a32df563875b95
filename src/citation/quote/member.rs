//! What leads to a list, and one of its members, with those between left out: 职工有下列情形之一的，应当认定为工伤：（三）…….

use super::{ENDS, Prepared, Source, Stand, Standing, base, differ};
use std::ops::Range;

/// Where the lead of a list and one of its members stand together, the provisions cited first. `true` where the member is the one
/// cited, or lies in what is cited.
pub(super) fn standing(quote: &str, cited: &[String], source: &Source) -> Vec<(Standing, Stand, bool)> {
    let Some((lead, member)) = parted(quote) else { return Vec::new() };
    let mut found = Vec::new();
    for provision in &source.provisions {
        let Some((range, stand)) = stand(lead, member, provision) else { continue };
        let span = provision.plain.original(range.clone());
        let mut named = cited.iter().filter(|key| base(key) == provision.key);
        let meant = cited.is_empty() || named.any(|key| provision.touches(key, &span));
        found.push((provision.standing(&range), stand, meant));
    }
    found.sort_by_key(|(_, stand, meant)| (!meant, stand.cut));
    found
}

/// The lead with its colon, and the member behind it, which begins with its number.
fn parted(quote: &str) -> Option<(&str, &str)> {
    let at = quote.rfind(":(")? + 1;
    let (lead, member) = quote.split_at(at);
    let number = member.strip_prefix('(')?.split_once(')')?.0;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let member = member.trim_end_matches(ENDS).trim_end_matches([',', '"']);
    (is_number && lead.chars().any(char::is_alphanumeric) && member.chars().any(char::is_alphanumeric))
        .then_some((lead, member))
}

/// The place of the member, and how both stand.
fn stand(lead: &str, member: &str, provision: &Prepared) -> Option<(Range<usize>, Stand)> {
    let text = provision.plain.as_str();
    let at = text.find(lead)?;
    let behind = at + lead.len();
    let start = behind + text.get(behind..)?.find(member)?;
    let (before, skipped, rest) = (text.get(..at)?, text.get(behind..start)?, text.get(start + member.len()..)?);
    // Nothing but whole members lies between.
    let whole = skipped.starts_with('(') && skipped.ends_with(';') && !skipped.contains(['.', '!', '?']);
    let ends = rest.chars().find(|c| *c != '"').is_none_or(|c| ENDS.contains(&c));
    let denied = differ::denying(before).is_some() || differ::prohibits(before);
    let range = start..start + member.len();
    // Of several conditions one is not all; of 下列情形之一 it is enough.
    let cut = !ends || !lead.contains("之1");
    (whole && !denied).then(|| (range.clone(), Stand { range, cut, denied: false, spliced: false }))
}
