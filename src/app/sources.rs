//! Names of sources and the order in which their texts are preferred.

use crate::extract::Source;

/// Sources whose text is shown first when several have the same version, most reliable first (as measured: agreement
/// with the national database). A source that is not listed stands between the collections and the scanned ones, because
/// what the county itself imports is better than a scan.
const PREFERRED: [&str; 9] = [
    "flk-docx",
    "lawrefbook",
    "just-laws-md",
    "flk-txt",
    "gov-cn-2019",
    "enforcement-regs",
    "env-enforcement",
    "verified-statutes",
    "files",
];

/// The scanned collection: searched, never preferred.
const SCANNED: &str = "pbc-normative";

/// Source of files that belong to no collection.
pub const FILES: &str = "files";

/// Place of an origin (`{node}/{source}`) in the order of preference, the issuer's own node first.
pub fn preference(origin: &str, own_node: &str) -> (bool, usize) {
    let (node, source) = origin.split_once('/').unwrap_or(("", origin));
    let source = source.split('+').next().unwrap_or(source);
    let place = match PREFERRED.iter().position(|name| *name == source) {
        Some(place) => place,
        None if source == SCANNED => PREFERRED.len() + 1,
        None => PREFERRED.len(),
    };
    (node != own_node, place)
}

/// The name of the source in an origin: `local/flk-txt+2` → `flk-txt`.
pub fn plain(origin: &str) -> &str {
    let source = origin.split_once('/').map_or(origin, |(_, source)| source);
    source.split('+').next().unwrap_or(source)
}

/// Name of a source: the collection that was recognised, else the archive, else the table of records, else [`FILES`].
pub fn name(source: Option<Source>, archive: &str, path: &str) -> String {
    if let Some(source) = source {
        return source.name().to_string();
    }
    if !archive.is_empty() {
        return archive.to_string();
    }
    let file = path.rsplit('/').next().unwrap_or(path);
    let file = file.strip_suffix(".zst").unwrap_or(file);
    match file.strip_suffix(".jsonl").or_else(|| file.strip_suffix(".ndjson")) {
        Some(stem) if !stem.is_empty() => stem.to_string(),
        _ => FILES.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_node_and_the_better_source_come_first() {
        let mut origins = ["far/lawrefbook", "local/pbc-normative", "local/files", "local/lawrefbook+2", "local/other"];
        origins.sort_by_key(|origin| preference(origin, "local"));
        assert_eq!(
            origins,
            ["local/lawrefbook+2", "local/files", "local/other", "local/pbc-normative", "far/lawrefbook"]
        );
    }

    #[test]
    fn a_source_has_the_name_of_its_collection() {
        assert_eq!(name(Some(Source::LawRefBook), "whatever", "a/b.md"), "lawrefbook");
        assert_eq!(name(None, "flk-txt", "flk-txt/a.txt"), "flk-txt");
        assert_eq!(name(None, "", "x/nfra-penalties.jsonl.zst"), "nfra-penalties");
        assert_eq!(name(None, "", "x/甲办法.md"), FILES);
    }
}
