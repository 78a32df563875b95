//! Roles: what each may do, and how much of the corpus it sees. The one table.

use crate::law::Access;
use serde::{Deserialize, Serialize};

/// Something that a request may need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Read and search what the role sees.
    Read,
    /// Have drafts and decisions reviewed.
    Review,
    /// Import, correct, relate, withdraw, redact.
    Edit,
    /// Keep searches, dossiers, reviews and watches.
    Keep,
    /// Read and answer proposals of the public.
    Answer,
    /// Look after one's own account: password, second factor, sessions, keys.
    Own,
    /// Look after all accounts.
    Administer,
    /// Read the audit log.
    Audit,
}

impl Right {
    /// All rights with their names in the interface and in Chinese.
    pub const ALL: [(Right, &'static str, &'static str); 8] = [
        (Right::Read, "read", "检索和阅读"),
        (Right::Review, "review", "审查"),
        (Right::Edit, "edit", "导入和更正"),
        (Right::Keep, "keep", "保存和关注"),
        (Right::Answer, "answer", "答复公众建议"),
        (Right::Own, "own", "自己的账户"),
        (Right::Administer, "administer", "管理账户"),
        (Right::Audit, "audit", "审计"),
    ];

    /// The right of a name.
    pub fn named(name: &str) -> Option<Right> {
        Right::ALL.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// The name in the interface.
    pub fn name(self) -> &'static str {
        Right::ALL.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// The Chinese name.
    pub fn chinese(self) -> &'static str {
        Right::ALL.iter().find(|row| row.0 == self).map_or("", |row| row.2)
    }
}

/// What somebody is in the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Whoever is not signed in.
    Public,
    /// 执法人员.
    Officer,
    /// 法律顾问.
    Adviser,
    /// 合法性审核人员.
    Reviewer,
    /// 编辑: imports and mends documents.
    Editor,
    /// 管理员: accounts and settings; reads neither drafts nor the audit log.
    Administrator,
    /// 审计员: reads the audit log, changes nothing.
    Auditor,
}

/// One row of the table of roles.
#[derive(Debug)]
pub struct Row {
    /// The role.
    pub role: Role,
    /// Its name in the interface.
    pub name: &'static str,
    /// Its Chinese name.
    pub chinese: &'static str,
    /// What it may do.
    pub rights: &'static [Right],
    /// The widest access that it sees.
    pub sees: Access,
}

use Right::{Administer, Answer, Audit, Edit, Keep, Own, Read, Review};

/// Every role.
pub static ROLES: [Row; 7] = [
    Row { role: Role::Public, name: "public", chinese: "公众", rights: &[Read], sees: Access::Public },
    Row {
        role: Role::Officer,
        name: "officer",
        chinese: "执法人员",
        rights: &[Read, Review, Keep, Own],
        sees: Access::Internal,
    },
    Row {
        role: Role::Adviser,
        name: "adviser",
        chinese: "法律顾问",
        rights: &[Read, Review, Keep, Own],
        sees: Access::Internal,
    },
    Row {
        role: Role::Reviewer,
        name: "reviewer",
        chinese: "审核人员",
        rights: &[Read, Review, Keep, Answer, Own],
        sees: Access::Internal,
    },
    Row {
        role: Role::Editor,
        name: "editor",
        chinese: "编辑",
        rights: &[Read, Review, Edit, Keep, Own],
        sees: Access::Restricted,
    },
    Row {
        role: Role::Administrator,
        name: "administrator",
        chinese: "管理员",
        rights: &[Read, Own, Administer],
        sees: Access::Public,
    },
    Row {
        role: Role::Auditor, name: "auditor", chinese: "审计员", rights: &[Read, Own, Audit], sees: Access::Public
    },
];

impl Role {
    /// Its row.
    pub fn row(self) -> &'static Row {
        // Every role has a row: a test proves it.
        ROLES.iter().find(|row| row.role == self).unwrap_or(&ROLES[0])
    }

    /// The role of a name, only such as an account can have.
    pub fn named(name: &str) -> Option<Role> {
        ROLES.iter().find(|row| row.name == name && row.role != Role::Public).map(|row| row.role)
    }

    /// Whether it may.
    pub fn may(self, right: Right) -> bool {
        self.row().rights.contains(&right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_its_row_and_a_name_of_its_own() {
        for row in &ROLES {
            assert!(std::ptr::eq(row.role.row(), row), "{row:?}");
            assert_eq!(ROLES.iter().filter(|other| other.name == row.name).count(), 1);
        }
        assert_eq!(Role::named("officer"), Some(Role::Officer));
        assert_eq!(Role::named("public"), None);
    }

    #[test]
    fn nobody_has_two_powers_that_must_stay_apart() {
        for row in &ROLES {
            let apart = [Right::Edit, Right::Administer, Right::Audit];
            assert!(row.rights.iter().filter(|right| apart.contains(right)).count() <= 1, "{row:?}");
        }
        // An administrator reads neither drafts nor the audit log; an auditor changes nothing.
        assert!(!Role::Administrator.may(Right::Review) && !Role::Administrator.may(Right::Audit));
        assert!(![Right::Edit, Right::Review, Right::Administer].iter().any(|right| Role::Auditor.may(*right)));
    }
}
