//! Parameters of routes beside those of a search, each declared once.

use crate::app::parameters::Parameter;

/// 检索式.
pub const Q: Parameter = Parameter { name: "q", help: "检索式", value: "TEXT", list: false };
/// The day asked.
pub const AS_OF: Parameter =
    Parameter {
        name: "as_of", help: "按哪一天判断时效（缺省为今天）", value: "YYYY-MM-DD", list: false
    };
/// Where a feed goes on.
pub const AFTER: Parameter =
    Parameter { name: "after", help: "接着上一次的 next；不写从头开始", value: "CURSOR", list: false };
/// Records on a page of a feed.
pub const LIMIT: Parameter =
    Parameter { name: "limit", help: "最多多少条（1 到 1000，缺省 100）", value: "N", list: false };
/// The form of a feed.
pub const FEED_FORMAT: Parameter = Parameter {
    name: "format",
    help: "json：一页（缺省）；jsonl：每行一条，照库中原样，一直到末尾，其间有游标行",
    value: "json|jsonl",
    list: false,
};
/// Suggestions at most.
pub const SUGGESTED: Parameter =
    Parameter { name: "limit", help: "最多多少条（1 到 50，缺省 10）", value: "N", list: false };
/// What is being typed.
pub const TYPED: Parameter =
    Parameter {
        name: "q", help: "正在输入的文字：汉字、拼音或拼音首字母", value: "TEXT", list: false
    };
/// Access of what is imported.
pub const ACCESS: Parameter = Parameter {
    name: "access",
    help: "全部记录的公开范围，代替记录自己写的",
    value: "public|internal|restricted",
    list: false,
};

/// Whether what was withdrawn is taken in again.
pub const RESTORE: Parameter =
    Parameter { name: "restore", help: "内容与已撤回的相同也重新收下", value: "true|false", list: false };

/// The format of a document that leaves.
pub const FILE_FORMAT: Parameter =
    Parameter {
        name: "format", help: "文件格式（缺省为 docx）", value: "docx|html|md|txt|json|jsonl", list: false
    };

/// The format of a list that leaves.
pub const LIST_FORMAT: Parameter =
    Parameter { name: "format", help: "表格格式（缺省为 xlsx）", value: "xlsx|csv", list: false };

/// The format of a catalogue that leaves.
pub const CATALOGUE_FORMAT: Parameter =
    Parameter { name: "format", help: "文件格式（缺省为 xlsx）", value: "xlsx|csv|docx", list: false };

/// The format of an opinion.
pub const OPINION_FORMAT: Parameter = Parameter {
    name: "format",
    help: "意见书的格式（缺省为 docx）；commented 为草案 Word 文件的副本，发现写成批注",
    value: "docx|html|md|txt|commented",
    list: false,
};

/// Parameters of the page of a review.
pub const REVIEWED: &[Parameter] = &[
    Parameter {
        name: "severity", help: "只看这些严重程度的发现", value: "high|medium|low|info", list: true
    },
    Parameter {
        name: "state", help: "只看未处理、已采纳或已排除的", value: "open|accepted|dismissed", list: false
    },
    Parameter { name: "check", help: "只看这一项检查的发现", value: "CODE", list: false },
    Parameter {
        name: "order",
        help: "draft：照草案的次序（缺省）；severity：按严重程度",
        value: "draft|severity",
        list: false,
    },
    Parameter { name: "only", help: "findings：不列没有发现的条款", value: "findings", list: false },
];

/// Where a sign-in leads.
pub const NEXT: Parameter =
    Parameter { name: "next", help: "登录后转到本站的哪个地址", value: "PATH", list: false };

/// What an identity provider leads back with (OpenID Connect Core 1.0 section 3.1.2.5, RFC 9207, Session Management 1.0).
pub const BACK: &[Parameter] = &[
    Parameter { name: "code", help: "一次用的登录凭证", value: "CODE", list: false },
    Parameter { name: "state", help: "开始登录时所给的", value: "TEXT", list: false },
    Parameter { name: "iss", help: "统一身份认证的地址", value: "URL", list: false },
    Parameter { name: "scope", help: "不看", value: "TEXT", list: false },
    Parameter { name: "session_state", help: "不看", value: "TEXT", list: false },
    Parameter { name: "error", help: "没有登录的原因", value: "CODE", list: false },
    Parameter { name: "error_description", help: "同上，不看", value: "TEXT", list: false },
    Parameter { name: "error_uri", help: "同上，不看", value: "URL", list: false },
];

/// Parameters of the audit log.
pub const AUDITED: &[Parameter] = &[
    Parameter { name: "what", help: "只要这一事项，例如 sign_in、import", value: "NAME", list: false },
    Parameter { name: "account", help: "只要这一账户（编号）的", value: "N", list: false },
    Parameter { name: "from", help: "不早于（北京时间）", value: "YYYY-MM-DD", list: false },
    Parameter { name: "to", help: "不晚于（北京时间）", value: "YYYY-MM-DD", list: false },
];

/// The review of an earlier draft, against which a new one is told.
pub const PREVIOUS: Parameter =
    Parameter { name: "previous", help: "上一稿的审查编号", value: "TASK", list: false };

/// Further provisions of one file.
pub const WITH: Parameter =
    Parameter {
        name: "with", help: "同一版本中一起导出的其他条，可用逗号并列", value: "ID", list: true
    };

/// See its help.
pub const KIND: Parameter =
    Parameter {
        name: "kind", help: "只要这几类文件中的引用", value: "legislation|normative|case", list: true
    };
/// See its help.
pub const STANDING: Parameter = Parameter {
    name: "standing",
    help: "true：只要现行有效和时效未知的文件中的引用，以及案例",
    value: "true|false",
    list: false,
};
/// See its help.
pub const STATE: Parameter = Parameter {
    name: "state",
    help: "只要这几种情形",
    value: "repealed|gone|moved_altered|moved|altered|unverifiable",
    list: true,
};
/// See its help.
pub const ALL: Parameter =
    Parameter { name: "all", help: "true：也列已失效文件中的引用", value: "true|false", list: false };
/// See its help.
pub const CASES: Parameter =
    Parameter { name: "cases", help: "true：也列案例中的引用", value: "true|false", list: false };
/// See its help.
pub const PAGE: Parameter =
    Parameter { name: "limit", help: "一页多少处（1 到 1000，缺省 20）", value: "N", list: false };
/// See its help.
pub const OFFSET: Parameter =
    Parameter { name: "offset", help: "从第几处起（缺省 0）", value: "N", list: false };
/// Parameters of a comparison.
pub const COMPARED: &[Parameter] = &[
    Parameter { name: "with", help: "另一文件或版本的编号，作为新的一边", value: "ID", list: false },
    Parameter {
        name: "from", help: "旧的一边：版本，或该版本有效的某一天", value: "KEY|YYYY-MM-DD", list: false
    },
    Parameter {
        name: "to",
        help: "新的一边：版本，或该版本有效的某一天；不写时为所问之日有效的",
        value: "KEY|YYYY-MM-DD",
        list: false,
    },
    Parameter { name: "only_changes", help: "不列出未变的条", value: "true|false", list: false },
    AS_OF,
];

/// What is to be kept.
pub const KEPT: &[Parameter] = &[
    Parameter { name: "id", help: "要关注或放入卷宗的条文、文件或案例", value: "ID", list: false },
    Parameter { name: "query", help: "要保存的检索：检索页地址中的参数", value: "q=…", list: false },
];
