//! The one table of search parameters: the command line's flags, the API's parameters and their documentation.

/// One parameter of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// Name in the API; on the command line `--name` with `-` for `_`.
    pub name: &'static str,
    /// What it means, in Chinese.
    pub help: &'static str,
    /// Placeholder for its value, or the allowed values joined by `|`.
    pub value: &'static str,
    /// Whether several values may stand beside each other, separated by commas.
    pub list: bool,
}

/// Names of the parameters of `search` that `match` takes too.
pub const MATCH: &[&str] = &[
    "kind",
    "status",
    "level",
    "issuer",
    "region",
    "instrument",
    "as_of",
    "promulgated_from",
    "promulgated_to",
    "effective_from",
    "effective_to",
    "rank",
    "limit",
];

/// Names of the parameters of `search` that the search for similar cases takes too.
pub const SIMILAR: &[&str] = &[
    "issuer",
    "region",
    "applied",
    "violated",
    "domain",
    "cause",
    "penalty",
    "tier",
    "party",
    "outcome",
    "section",
    "fines_from",
    "fines_to",
    "as_of",
    "promulgated_from",
    "promulgated_to",
    "rank",
    "limit",
    "offset",
];

/// Every parameter of a catalogue.
pub const CATALOGUE: &[Parameter] = &[
    Parameter {
        name: "year", help: "年份（缺省为今年）：列出年末的情形，今年为今天的", value: "YYYY", list: false
    },
    Parameter {
        name: "issuer", help: "只列这些机关的（全称），可用逗号并列", value: "NAME", list: true
    },
    Parameter {
        name: "subject",
        help: "只列这些主题的（文件所注主题的第一级），可用逗号并列",
        value: "NAME",
        list: true,
    },
    Parameter {
        name: "region", help: "只列这一地区的：行政区划代码；以 0 结尾的含其下级", value: "CODE", list: false
    },
    Parameter {
        name: "kind", help: "文件类别（缺省为 normative）", value: "normative|legislation", list: false
    },
];

/// Every parameter of the question what a penalty may be.
pub const PENALTY: &[Parameter] = &[
    Parameter {
        name: "article", help: "罚则：条文编号，或如 食品安全法124条", value: "ID|CITATION", list: false
    },
    Parameter {
        name: "case",
        help: "一件案例的编号：没有另写的罚则、罚款、决定日和当事人类型照它所载",
        value: "ID",
        list: false,
    },
    Parameter {
        name: "amount", help: "拟处的罚款：如 5000元、3万元；只写数字时以分计", value: "AMOUNT", list: false
    },
    Parameter {
        name: "act_date",
        help: "行为发生之日；写明则比较当时和决定时的规定",
        value: "YYYY-MM-DD",
        list: false,
    },
    Parameter { name: "as_of", help: "作出决定之日（缺省为今天）", value: "YYYY-MM-DD", list: false },
    Parameter {
        name: "illegal_gains", help: "违法所得，供计算倍数；写法同 amount", value: "AMOUNT", list: false
    },
    Parameter {
        name: "goods_value", help: "货值金额，供计算倍数；写法同 amount", value: "AMOUNT", list: false
    },
    Parameter {
        name: "party",
        help: "当事人类型：只看对其适用的各档和同类案例",
        value: "organisation|individual_business|individual|unknown",
        list: false,
    },
    Parameter {
        name: "region", help: "只与这一地区的案例比较：行政区划代码", value: "CODE", list: false
    },
];

/// Names of the parameters of `search` that the numbers over all cases take too.
pub const PRECEDENTS: &[&str] = &[
    "issuer",
    "region",
    "cites",
    "applied",
    "violated",
    "domain",
    "cause",
    "penalty",
    "tier",
    "party",
    "outcome",
    "section",
    "fines_from",
    "fines_to",
    "match",
    "as_of",
    "promulgated_from",
    "promulgated_to",
];

/// The provision of which is asked where it stands in a search or why it is not in it.
pub const PROVISION: Parameter = Parameter {
    name: "provision",
    help: "查这一条排在第几，或为什么没有：条文编号，或如 行政处罚法33条",
    value: "ID|CITATION",
    list: false,
};

/// Every parameter of `search` but the query itself (`q`).
pub const SEARCH: &[Parameter] = &[
    Parameter {
        name: "kind", help: "文件类别，可用逗号并列", value: "legislation|normative|case", list: true
    },
    Parameter {
        name: "status",
        help: "时效性，可用逗号并列；不写时给出现行有效和时效未知的，all 为全部",
        value: "not_yet_effective|in_force|amended|repealed|expired|unknown|all",
        list: true,
    },
    Parameter { name: "level", help: "效力位阶，可用逗号并列", value: "LEVEL", list: true },
    Parameter {
        name: "issuer", help: "制定机关或发布机关（全称），可用逗号并列", value: "NAME", list: true
    },
    Parameter {
        name: "region", help: "行政区划代码，可用逗号并列；以 0 结尾的含其下级", value: "CODE", list: true
    },
    Parameter { name: "instrument", help: "只在这一文件内查找", value: "ID", list: false },
    Parameter {
        name: "cites",
        help: "只要引用了它的条文：编号，或如 行政处罚法33条",
        value: "ID|CITATION",
        list: false,
    },
    Parameter {
        name: "applied",
        help: "只要适用它的案例：编号，或如 食品安全法124条",
        value: "ID|CITATION",
        list: false,
    },
    Parameter {
        name: "violated", help: "只要认定违反它的案例：写法同上", value: "ID|CITATION", list: false
    },
    Parameter { name: "domain", help: "案例的执法领域，可用逗号并列", value: "DOMAIN", list: true },
    Parameter { name: "cause", help: "案由（全称），可用逗号并列", value: "NAME", list: true },
    Parameter { name: "penalty", help: "处罚种类，可用逗号并列", value: "PENALTY", list: true },
    Parameter { name: "tier", help: "裁量档次，可用逗号并列", value: "TIER", list: true },
    Parameter {
        name: "party",
        help: "当事人类型，可用逗号并列",
        value: "organisation|individual_business|individual|unknown",
        list: true,
    },
    Parameter { name: "outcome", help: "案例结果，可用逗号并列", value: "OUTCOME", list: true },
    Parameter {
        name: "section",
        help: "只在案例的这些部分找，可用逗号并列",
        value: "facts|evidence|defence|reasons|basis|result",
        list: true,
    },
    Parameter {
        name: "fines_from",
        help: "罚款合计不少于：如 5000元、3万元；只写数字时以分计",
        value: "AMOUNT",
        list: false,
    },
    Parameter { name: "fines_to", help: "罚款合计不多于：写法同上", value: "AMOUNT", list: false },
    Parameter {
        name: "match", help: "多个词之间的关系：任一、全部、整句", value: "any|all|exact", list: false
    },
    Parameter {
        name: "as_of", help: "按哪一天判断时效（缺省为今天）", value: "YYYY-MM-DD", list: false
    },
    Parameter { name: "promulgated_from", help: "公布日期不早于", value: "YYYY-MM-DD", list: false },
    Parameter { name: "promulgated_to", help: "公布日期不晚于", value: "YYYY-MM-DD", list: false },
    Parameter { name: "effective_from", help: "施行日期不早于", value: "YYYY-MM-DD", list: false },
    Parameter { name: "effective_to", help: "施行日期不晚于", value: "YYYY-MM-DD", list: false },
    Parameter {
        name: "sort",
        help: "排序：相关度、日期（新的在前）、日期（旧的在前）、效力位阶、罚款（多的在前）、罚款（少的在前）",
        value: "relevance|date|date_asc|authority|fines|fines_asc",
        list: false,
    },
    Parameter {
        name: "group",
        help: "按文件归并（instrument）或逐条列出（none）",
        value: "instrument|none",
        list: false,
    },
    Parameter {
        name: "facets",
        help: "要计数的分面，逗号并列",
        value: "kind,level,status,issuer,region,year,domain,cause,penalty,tier,party,outcome",
        list: true,
    },
    Parameter { name: "highlight", help: "是否标出命中文字", value: "true|false", list: false },
    Parameter {
        name: "rank",
        help: "排序依据：词语与联想一起（learned），或只按词语（lexical）",
        value: "learned|lexical",
        list: false,
    },
    Parameter {
        name: "expand",
        help: "是否同时查找同义的法律用语（rank=learned 时）",
        value: "true|false",
        list: false,
    },
    Parameter {
        name: "explain",
        help: "是否说明每条为何列在这里：全部说明，或只列信号（不含词义联想）",
        value: "true|false|signals",
        list: false,
    },
    Parameter { name: "total", help: "总数要准确的，还是允许下限", value: "exact|fast", list: false },
    Parameter { name: "limit", help: "每页多少（0 到 1000，缺省 10）", value: "N", list: false },
    Parameter { name: "offset", help: "跳过多少", value: "N", list: false },
    Parameter { name: "cursor", help: "接着上一页的 next 往后翻", value: "CURSOR", list: false },
];
