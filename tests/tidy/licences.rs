//! What the dependencies may be: licences, sources and crates that `deny.toml` names, asked of cargo's own metadata. `just check` asks
//! cargo-deny the same, and for advisories; to build that takes longer than all tests here.

use crate::Findings;
use serde_json::Value;
use spdx::{Expression, ParseMode};
use std::collections::BTreeSet;

/// What cargo says of the packages that this machine needs.
pub fn metadata() -> Value {
    let platform = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let output = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", &platform])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one JSON value")
}

/// Packages under another licence, by a forbidden name, or from elsewhere than the one registry.
pub fn forbidden(metadata: &Value, deny: &str) -> Findings {
    let (licences, banned) = (listed(deny, "allow = ["), listed(deny, "deny = ["));
    let packages = || metadata["packages"].as_array().into_iter().flatten();
    let sources: BTreeSet<&str> = packages().filter_map(|package| package["source"].as_str()).collect();
    let mut findings: Findings = sources.iter().skip(1).map(|source| format!("another source: {source}")).collect();
    findings.extend(
        sources.iter().filter(|source| !source.starts_with("registry+")).map(|source| format!("no registry: {source}")),
    );
    for package in packages().filter(|package| !package["source"].is_null()) {
        let (name, licence) = (text(&package["name"]), text(&package["license"]));
        let is_free =
            |expression: Expression| expression.evaluate(|asked| licences.contains(&asked.to_string().as_str()));
        if !Expression::parse_mode(licence, ParseMode::LAX).is_ok_and(is_free) {
            findings.push(format!("{name}: licence “{licence}”"));
        }
        if banned.contains(&name) {
            findings.push(format!("{name}: banned"));
        }
    }
    findings
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The words in quotation marks of a list.
fn listed<'d>(deny: &'d str, opens: &str) -> Vec<&'d str> {
    let list = deny.split_once(opens).and_then(|(_, rest)| rest.split_once(']')).map_or("", |(list, _)| list);
    list.split('"').skip(1).step_by(2).collect()
}

#[test]
fn what_is_not_free_or_banned_is_found() {
    let deny = "allow = [\"MIT\", \"Apache-2.0 WITH LLVM-exception\"]\ndeny = [{ name = \"b\" }]";
    let package =
        |name: &str, licence: &str| serde_json::json!({ "name": name, "license": licence, "source": "registry+x" });
    let packages = |one: Value| serde_json::json!({ "packages": [one, { "name": "own", "source": null }] });
    for licence in
        ["MIT", "MIT/GPL-2.0", "GPL-2.0 OR MIT", "(MIT OR GPL-2.0) AND MIT", "Apache-2.0 WITH LLVM-exception"]
    {
        assert!(forbidden(&packages(package("a", licence)), deny).is_empty(), "{licence}");
    }
    for licence in ["GPL-2.0", "MIT AND GPL-2.0", "Apache-2.0", ""] {
        assert_eq!(forbidden(&packages(package("a", licence)), deny), [format!("a: licence “{licence}”")]);
    }
    assert_eq!(forbidden(&packages(package("b", "MIT")), deny), ["b: banned"]);
    let git = serde_json::json!({ "name": "a", "license": "MIT", "source": "git+x" });
    assert_eq!(forbidden(&packages(git), deny), ["no registry: git+x"]);
}
