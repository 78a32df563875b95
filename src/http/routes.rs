//! The one table of routes, from which the router, the check of parameters and the OpenAPI document are made.

use super::accounts;
use super::api;
use super::assets;
use super::body::body;
use super::citations;
use super::connection::Peer;
use super::desk;
use super::feed;
use super::files;
use super::forms::see_other;
use super::guard;
use super::identity::{self, Way};
use super::matching;
use super::operators;
use super::outermost::{self, RequestId};
use super::pages;
use super::parameters::{
    ACCESS, AFTER, ALL, AS_OF, AUDITED, BACK, CASES, CATALOGUE_FORMAT, COMPARED, FEED_FORMAT, FILE_FORMAT, KEPT, KIND,
    LIMIT, LIST_FORMAT, NEXT, OFFSET, OPINION_FORMAT, PAGE, PREVIOUS, Q, RESTORE, REVIEWED, STANDING, STATE, SUGGESTED,
    TYPED, WITH,
};
use super::problem::Failure;
use super::query_string::{self, Parameters};
use super::reviews;
use super::state::Server;
use super::work;
use super::writes;
use crate::app::parameters::{self, Parameter};
use crate::app::provider;
use crate::app::service::{By, Right, Who};
use crate::app::{Access, ErrorCode, Faju, list_takes};
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, Request};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};

/// A response, or why there is none.
pub type Answer = Result<Response, Failure>;

/// A decoded request.
#[derive(Debug)]
pub struct Asked {
    /// The id in the path, decoded; empty where the path has none.
    pub id: String,
    /// Parameters, only such as the route has.
    pub parameters: Parameters,
    /// Headers.
    pub headers: HeaderMap,
    /// Body of a write.
    pub body: Bytes,
    /// Id of the request.
    pub request_id: String,
    /// Who sent it.
    pub who: Who,
    /// Whether the way to the client is encrypted.
    pub encrypted: bool,
}

/// How a route is answered.
#[derive(Clone, Copy)]
pub enum Run {
    /// At once: touches no store.
    Now(fn(&Server, &Asked) -> Answer),
    /// Reads the stores.
    Read(fn(&Faju, &Server, &Asked) -> Answer),
    /// Reads the stores; the question is in the body.
    Ask(fn(&Faju, &Server, &Asked) -> Answer),
    /// Reads the stores: a page of the feed, or the feed as a stream.
    Feed(fn(&Faju, &Server, &Asked) -> Answer),
    /// Writes; open only with `--allow-import`.
    Write(fn(&Faju, &Server, &Asked) -> Answer),
}

/// Parameters of a route.
#[derive(Clone, Copy)]
pub enum Takes {
    /// `q` and every search parameter.
    Search,
    /// The same, and the provision that is asked about.
    Standing,
    /// `q`, the search parameters that a list has, and its format.
    Listed,
    /// Those of a catalogue, and the format of its file.
    Catalogue,
    /// Those of the search for similar cases.
    Similar,
    /// `q` and those of the numbers over cases.
    Precedents,
    /// These.
    Only(&'static [Parameter]),
}

impl Takes {
    /// Every parameter.
    pub fn all(self) -> Vec<Parameter> {
        match self {
            Takes::Search => [&[Q], parameters::SEARCH].concat(),
            Takes::Standing => [&[parameters::PROVISION, Q], parameters::SEARCH].concat(),
            Takes::Listed => {
                let listed = parameters::SEARCH.iter().filter(|parameter| list_takes(parameter.name)).copied();
                [LIST_FORMAT, Q].into_iter().chain(listed).collect()
            }
            Takes::Catalogue => [&[CATALOGUE_FORMAT], parameters::CATALOGUE].concat(),
            Takes::Similar => among(parameters::SIMILAR),
            Takes::Precedents => [vec![Q, KIND], among(parameters::PRECEDENTS)].concat(),
            Takes::Only(these) => these.to_vec(),
        }
    }
}

/// The parameters of a search that have these names.
fn among(names: &[&str]) -> Vec<Parameter> {
    parameters::SEARCH.iter().filter(|parameter| names.contains(&parameter.name)).copied().collect()
}

/// What a write takes.
#[derive(Clone, Copy)]
pub struct Body {
    /// Media types.
    pub media: &'static [&'static str],
    /// Name of its schema.
    pub schema: &'static str,
    /// Bytes at most.
    pub bytes_max: usize,
}

/// One route.
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The path; `{*id}` takes an id, which may contain `/`.
    pub path: &'static str,
    /// Heading in the documents.
    pub tag: &'static str,
    /// What it does, in Chinese.
    pub summary: &'static str,
    /// Parameters.
    pub takes: Takes,
    /// Body.
    pub body: Option<Body>,
    /// Media type and, for JSON, name of the schema of its answer.
    pub answers: (&'static str, Option<&'static str>),
    /// Schema of the answer 202, where what is asked may take longer than a request.
    pub accepts: Option<&'static str>,
    /// Media types of the files of which it answers one; empty: none.
    pub files: &'static [&'static str],
    /// A second media type that a request may ask for, and the schema of one of its lines.
    pub also: Option<(&'static str, &'static str)>,
    /// Errors beside those that every route has.
    pub errors: &'static [ErrorCode],
    /// The right that it needs once there are accounts.
    pub needs: Right,
    /// How it is answered.
    pub run: Run,
}

const JSON: &str = "application/json";
const HTML: &str = "text/html";
const TEXT: &str = "text/plain";
const BYTES: &str = "application/octet-stream";
const FORM: &str = "application/x-www-form-urlencoded";
const PARTS: &str = "multipart/form-data";
/// Heading of what leaves as a file.
const EXPORTS: &str = "导出";
const NONE: Takes = Takes::Only(&[]);
const DATED: Takes = Takes::Only(&[AS_OF]);
const ID_ERRORS: &[ErrorCode] = &[ErrorCode::InvalidParameter, ErrorCode::NotFound, ErrorCode::Gone];
const WRITE_ERRORS: &[ErrorCode] = &[
    ErrorCode::Forbidden,
    ErrorCode::TooLarge,
    ErrorCode::UnsupportedFormat,
    ErrorCode::BadRecord,
    ErrorCode::Locked,
    ErrorCode::Conflict,
    ErrorCode::NotFound,
];
const SEARCH_ERRORS: &[ErrorCode] = &[ErrorCode::InvalidQuery, ErrorCode::InvalidParameter, ErrorCode::CursorExpired];
const FORM_ERRORS: &[ErrorCode] =
    &[ErrorCode::InvalidParameter, ErrorCode::NotFound, ErrorCode::UnsupportedFormat, ErrorCode::TooLarge];
const MATCH_ERRORS: &[ErrorCode] =
    &[ErrorCode::TooLarge, ErrorCode::UnsupportedFormat, ErrorCode::BadRecord, ErrorCode::InvalidParameter];
const DRAFT_ERRORS: &[ErrorCode] = &[
    ErrorCode::TooLarge,
    ErrorCode::UnsupportedFormat,
    ErrorCode::BadRecord,
    ErrorCode::InvalidParameter,
    ErrorCode::Encrypted,
    ErrorCode::Scanned,
    ErrorCode::NotText,
];
const LINES: &[&str] = &["application/jsonl", "application/x-ndjson", JSON];

const fn get(path: &'static str, tag: &'static str, summary: &'static str, run: Run) -> Route {
    Route {
        method: "GET",
        path,
        tag,
        summary,
        takes: NONE,
        body: None,
        answers: (HTML, None),
        accepts: None,
        also: None,
        files: &[],
        errors: &[],
        needs: Right::Read,
        run,
    }
}

const fn post(path: &'static str, summary: &'static str, body: Body, answer: &'static str, run: Run) -> Route {
    let (body, answers) = (Some(body), (JSON, Some(answer)));
    Route {
        method: "POST",
        path,
        tag: "写入",
        summary,
        takes: NONE,
        body,
        answers,
        accepts: None,
        also: None,
        files: &[],
        errors: WRITE_ERRORS,
        // A question in a body is a reading; the rows that need more say so.
        needs: match run {
            Run::Write(_) => Right::Edit,
            _ => Right::Read,
        },
        run,
    }
}

/// A form of a page about people.
const fn form(path: &'static str, summary: &'static str, schema: &'static str, needs: Right, run: Run) -> Route {
    let body = Body { media: &[FORM], schema, bytes_max: 64 << 10 };
    Route { tag: "网页", answers: (HTML, None), errors: FORM_ERRORS, needs, ..post(path, summary, body, schema, run) }
}

const fn act(schema: &'static str) -> Body {
    Body { media: &[JSON], schema, bytes_max: 1 << 20 }
}

/// Every route.
pub const ROUTES: &[Route] = &[
    Route {
        takes: Takes::Search,
        answers: (JSON, Some("SearchPage")),
        errors: SEARCH_ERRORS,
        ..get("/api/v1/search", "检索", "检索条文", Run::Read(api::search))
    },
    Route {
        takes: Takes::Standing,
        answers: (JSON, Some("StandingPage")),
        errors: SEARCH_ERRORS,
        ..get(
            "/api/v1/search/why",
            "检索",
            "一条在这次检索中排第几，或被什么排除：逐个筛选、逐个词语（limit、offset、facets、highlight、explain 不影响回答）",
            Run::Read(api::standing),
        )
    },
    Route {
        takes: Takes::Only(&[TYPED, SUGGESTED]),
        answers: (JSON, Some("SuggestPage")),
        errors: &[ErrorCode::InvalidParameter],
        ..get(
            "/api/v1/suggest",
            "检索",
            "输入时的提示：标题、简称、章节和常用词，按开头、中间、拼音和首字母",
            Run::Read(api::suggest),
        )
    },
    Route {
        takes: DATED,
        answers: (JSON, Some("ReadingView")),
        errors: ID_ERRORS,
        ..get(
            "/api/v1/instruments/{*id}",
            "阅读",
            "一件法律文件在某日的文本，或它的一个版本，或一个案例",
            Run::Read(api::instrument),
        )
    },
    Route {
        takes: DATED,
        answers: (JSON, Some("ProvisionView")),
        errors: ID_ERRORS,
        ..get("/api/v1/provisions/{*id}", "阅读", "一条，或其中的款、项、目", Run::Read(api::provision))
    },
    Route {
        takes: Takes::Only(COMPARED),
        answers: (JSON, Some("ComparisonView")),
        errors: ID_ERRORS,
        ..get(
            "/api/v1/diff/{*id}",
            "阅读",
            "逐条对照：一件法律文件的两个版本（不写时为所问之日有效的与其前一个），或两件文件",
            Run::Read(api::diff),
        )
    },
    Route {
        answers: (JSON, Some("DocumentView")),
        errors: ID_ERRORS,
        ..get("/api/v1/documents/{*id}", "阅读", "收到的原始记录，逐个来源", Run::Read(api::document))
    },
    Route {
        takes: DATED,
        answers: (JSON, Some("CitesPage")),
        errors: ID_ERRORS,
        ..get(
            "/api/v1/citations/{*id}",
            "引用",
            "一件、一个版本、一条或一个案例引用了什么",
            Run::Read(citations::cites),
        )
    },
    Route {
        takes: Takes::Only(&[AS_OF, KIND, STANDING, PAGE, OFFSET]),
        answers: (JSON, Some("CitedByPage")),
        errors: ID_ERRORS,
        ..get(
            "/api/v1/cited-by/{*id}",
            "引用",
            "一件、一个版本、一条或一个案例被哪里引用；库中没有的文件以名称代编号（合同法/a52）",
            Run::Read(citations::cited_by),
        )
    },
    Route {
        takes: Takes::Only(&[AS_OF, STATE, ALL, CASES, PAGE, OFFSET]),
        answers: (JSON, Some("ImpactPage")),
        errors: ID_ERRORS,
        ..get(
            "/api/v1/impact/{*id}",
            "引用",
            "一件或一条修改、废止之后，引用它的各处还指着什么；库中没有的文件以名称代编号",
            Run::Read(citations::impact),
        )
    },
    Route {
        tag: "引用",
        errors: &[ErrorCode::TooLarge, ErrorCode::UnsupportedFormat, ErrorCode::BadRecord, ErrorCode::NotFound],
        ..post(
            "/api/v1/citations/resolve",
            "核对文字中的引用：逐处所引的文件、版本和条款",
            Body { media: &[JSON], schema: "ResolveRequest", bytes_max: 8 << 20 },
            "ResolvePage",
            Run::Ask(citations::resolve),
        )
    },
    Route {
        needs: Right::Review,
        tag: "审查",
        errors: DRAFT_ERRORS,
        accepts: Some("ReviewTask"),
        ..post(
            "/api/v1/reviews",
            "审查草案：引用、权限、数额、形式和公平竞争，逐处列出问题和依据",
            Body { media: &[JSON], schema: "ReviewRequest", bytes_max: 12 << 20 },
            "ReviewPage",
            Run::Ask(reviews::review),
        )
    },
    Route {
        needs: Right::Review,
        answers: (JSON, Some("ReviewPage")),
        accepts: Some("ReviewTask"),
        errors: &[ErrorCode::NotFound],
        ..get(
            "/api/v1/reviews/{*id}",
            "审查",
            "审查任务的结果：编号即凭据，只存于内存，一小时后删除；没有做完时为 202",
            Run::Read(reviews::result),
        )
    },
    Route {
        needs: Right::Review,
        takes: Takes::Only(&[OPINION_FORMAT]),
        answers: (BYTES, None),
        files: files::PAPERS,
        errors: &[ErrorCode::NotFound, ErrorCode::Conflict, ErrorCode::InvalidParameter, ErrorCode::UnsupportedFormat],
        ..get(
            "/api/v1/opinions/{*id}",
            "审查",
            "审查任务的意见书，或草案 Word 文件的批注副本",
            Run::Read(reviews::opinion),
        )
    },
    Route {
        needs: Right::Review,
        tag: "审查",
        errors: MATCH_ERRORS,
        ..post(
            "/api/v1/decisions",
            "核查行政处罚决定书：依据、幅度、裁量、载明事项、救济和期限；法律按行为日和决定日查",
            Body { media: &[JSON], schema: "DecisionRequest", bytes_max: 1 << 20 },
            "DecisionPage",
            Run::Ask(reviews::decision),
        )
    },
    Route {
        answers: (JSON, Some("CheckList")),
        ..get(
            "/api/v1/checks",
            "审查",
            "审查的各项检查：检查什么、依据、应报和不应报的例子",
            Run::Read(reviews::checks),
        )
    },
    Route {
        tag: "检索",
        errors: MATCH_ERRORS,
        ..post(
            "/api/v1/match",
            "由事实或草案条文查找规定：义务、禁止、罚则、程序分别列出，违则与罚则配对",
            Body { media: &[JSON], schema: "MatchRequest", bytes_max: 1 << 20 },
            "MatchPage",
            Run::Ask(matching::matching),
        )
    },
    Route {
        tag: "检索",
        errors: MATCH_ERRORS,
        ..post(
            "/api/v1/similar",
            "由事实查找相似案例，逐件说明理由",
            Body { media: &[JSON], schema: "SimilarRequest", bytes_max: 1 << 20 },
            "SimilarPage",
            Run::Ask(matching::similar_to_text),
        )
    },
    Route {
        takes: Takes::Similar,
        answers: (JSON, Some("SimilarPage")),
        errors: ID_ERRORS,
        ..get(
            "/api/v1/similar/{*id}",
            "检索",
            "与一件案例相似的案例，逐件说明理由",
            Run::Read(matching::similar_to_case),
        )
    },
    Route {
        takes: Takes::Precedents,
        answers: (JSON, Some("PrecedentsPage")),
        errors: &[ErrorCode::InvalidQuery, ErrorCode::InvalidParameter, ErrorCode::TooLarge],
        ..get(
            "/api/v1/precedents",
            "检索",
            "处罚情况：检索到的全部案例的数额分布，各年、各地、各条文多少件",
            Run::Read(api::precedents),
        )
    },
    Route {
        takes: Takes::Only(parameters::PENALTY),
        answers: (JSON, Some("PenaltyPage")),
        errors: &[ErrorCode::InvalidParameter, ErrorCode::NotFound],
        ..get(
            "/api/v1/penalty",
            "检索",
            "一项处罚：行为时和决定时的规定、何者较轻、数额是否在法定幅度之内、以往案例怎样处罚",
            Run::Read(api::penalty),
        )
    },
    Route {
        takes: DATED,
        answers: (JSON, Some("CasePage")),
        errors: ID_ERRORS,
        ..get(
            "/api/v1/cases/{*id}",
            "阅读",
            "案例要素：当事人、处罚、裁量、适用和认定违反的条文，以及这些条文现在是否仍然有效",
            Run::Read(api::case),
        )
    },
    Route {
        takes: Takes::Only(&[FILE_FORMAT, WITH, AS_OF]),
        answers: (BYTES, None),
        files: files::DOCUMENTS,
        errors: ID_ERRORS,
        ..get(
            "/api/v1/files/{*id}",
            EXPORTS,
            "一件、一个版本、一条（可与同一版本的其他条一起）或一个案例的文件：公文版式的 Word、网页、Markdown、文本、JSON、交换格式",
            Run::Read(files::document),
        )
    },
    Route {
        takes: Takes::Listed,
        answers: (BYTES, None),
        files: files::LISTS,
        errors: SEARCH_ERRORS,
        ..get(
            "/api/v1/list",
            EXPORTS,
            "检索结果的表格，最多 5000 行：每行一件，group=none 时每行一条",
            Run::Read(files::list),
        )
    },
    Route {
        takes: Takes::Only(parameters::CATALOGUE),
        answers: (JSON, Some("CataloguePage")),
        errors: &[ErrorCode::InvalidParameter],
        ..get(
            "/api/v1/catalogue",
            EXPORTS,
            "规范性文件年度目录：现行有效的、尚未施行的、时效待核的、本年废止失效的，以及与上年相比的变化",
            Run::Read(files::catalogue),
        )
    },
    Route {
        takes: Takes::Catalogue,
        answers: (BYTES, None),
        files: files::CATALOGUES,
        errors: &[ErrorCode::InvalidParameter],
        ..get("/api/v1/catalogue/file", EXPORTS, "规范性文件年度目录的表格或 Word", Run::Read(files::catalogue_file))
    },
    Route {
        takes: Takes::Only(&[AFTER, LIMIT, FEED_FORMAT]),
        answers: (JSON, Some("ChangesPage")),
        also: Some((feed::LINES, "Change")),
        errors: &[ErrorCode::InvalidParameter],
        ..get(
            "/api/v1/changes",
            "交换",
            "某处之后的变更，旧的在前：一页，或（format=jsonl，或 Accept: application/x-ndjson）一直到末尾的 JSON Lines",
            Run::Feed(api::changes),
        )
    },
    Route {
        takes: Takes::Only(&[ACCESS, RESTORE]),
        ..post(
            "/api/v1/documents",
            "导入交换格式的记录：一条 JSON，或每行一条的 JSON Lines",
            Body { media: LINES, schema: "Document", bytes_max: 64 << 20 },
            "ImportReport",
            Run::Write(writes::documents),
        )
    },
    post("/api/v1/corrections", "更正一个字段", act("Correction"), "MaintenanceReport", Run::Write(writes::correct)),
    post("/api/v1/relations", "写明两件文件的关系", act("Relation"), "MaintenanceReport", Run::Write(writes::relate)),
    post(
        "/api/v1/redactions",
        "永久删去一份文件的部分文字或全文",
        act("Redaction"),
        "MaintenanceReport",
        Run::Write(writes::redact),
    ),
    post("/api/v1/withdrawals", "撤回一份文件", act("Withdrawal"), "MaintenanceReport", Run::Write(writes::withdraw)),
    Route {
        answers: (JSON, Some("OpenApi")),
        ..get("/api/v1/openapi.json", "说明", "本接口的 OpenAPI 3.1 文档", Run::Now(operators::openapi))
    },
    Route {
        answers: (JSON, Some("AccountView")),
        ..get("/api/v1/account", "账户", "请求来自谁，有哪些权限", Run::Read(accounts::account))
    },
    Route {
        takes: Takes::Only(AUDITED),
        answers: (JSON, Some("AuditPage")),
        errors: &[ErrorCode::InvalidParameter],
        needs: Right::Audit,
        ..get("/api/v1/audit", "账户", "审计日志，新的在前，最多 500 条", Run::Read(accounts::audit))
    },
    get("/api", "说明", "接口说明，供人阅读", Run::Now(pages::api::page)),
    Route { answers: (TEXT, None), ..get("/healthz", "运维", "进程是否活着", Run::Now(operators::healthz)) },
    Route {
        answers: (TEXT, None),
        errors: &[ErrorCode::Overloaded],
        ..get("/readyz", "运维", "是否可以回答", Run::Now(operators::readyz))
    },
    Route { answers: (TEXT, None), ..get("/metrics", "运维", "Prometheus 指标", Run::Now(operators::metrics)) },
    Route {
        takes: Takes::Search, errors: SEARCH_ERRORS, ..get("/", "网页", "检索页", Run::Read(pages::search::page))
    },
    Route {
        takes: Takes::Standing,
        errors: SEARCH_ERRORS,
        ..get("/why", "网页", "为什么没有找到某一条", Run::Read(pages::standing::page))
    },
    get("/about", "网页", "关于数据：收了什么、截至哪一天、已知的缺陷", Run::Read(pages::about::page)),
    get("/help", "网页", "帮助：怎样检索、阅读和审查，附例子", Run::Now(pages::help::page)),
    get("/match", "网页", "由事实查找规定", Run::Now(pages::matching::form)),
    Route {
        tag: "网页",
        answers: (HTML, None),
        errors: MATCH_ERRORS,
        ..post(
            "/match",
            "由事实查找规定：表单所填",
            Body { media: &[FORM], schema: "MatchForm", bytes_max: 1 << 20 },
            "MatchPage",
            Run::Ask(pages::matching::page),
        )
    },
    Route {
        needs: Right::Review,
        takes: Takes::Only(&[PREVIOUS]),
        ..get("/review", "网页", "审查草案", Run::Now(pages::review::form))
    },
    Route {
        needs: Right::Review,
        tag: "网页",
        answers: (HTML, None),
        errors: MATCH_ERRORS,
        ..post(
            "/review",
            "审查草案：表单所填的文字或文件；做完后转到 /review/{编号}",
            Body { media: &[PARTS, FORM], schema: "ReviewForm", bytes_max: 8 << 20 },
            "ReviewForm",
            Run::Ask(pages::review::submit),
        )
    },
    Route {
        needs: Right::Review,
        takes: Takes::Only(REVIEWED),
        errors: &[ErrorCode::NotFound, ErrorCode::InvalidParameter],
        ..get("/review/{*id}", "网页", "一件草案的审查结果", Run::Read(pages::review::page))
    },
    Route {
        needs: Right::Review,
        tag: "网页",
        takes: Takes::Only(REVIEWED),
        answers: (HTML, None),
        errors: FORM_ERRORS,
        ..post(
            "/review/{*id}",
            "采纳、排除一处发现，或从内存中删除草案",
            Body { media: &[FORM], schema: "ReviewMark", bytes_max: 64 << 10 },
            "ReviewMark",
            Run::Ask(pages::review::decide),
        )
    },
    Route {
        takes: Takes::Precedents,
        errors: &[ErrorCode::InvalidQuery, ErrorCode::InvalidParameter, ErrorCode::TooLarge],
        ..get("/precedents", "网页", "处罚情况", Run::Read(pages::precedents::page))
    },
    Route {
        takes: Takes::Only(parameters::CATALOGUE),
        errors: &[ErrorCode::InvalidParameter],
        ..get("/catalogue", "网页", "规范性文件年度目录", Run::Read(pages::catalogue::page))
    },
    Route {
        takes: Takes::Similar,
        errors: ID_ERRORS,
        ..get("/similar/{*id}", "网页", "与一件案例相似的案例", Run::Read(pages::similar::page))
    },
    Route {
        takes: Takes::Only(&[AS_OF, Q]),
        errors: ID_ERRORS,
        ..get("/i/{*id}", "网页", "阅读页，标出检索式中的词", Run::Read(pages::reading::page))
    },
    Route { takes: DATED, errors: ID_ERRORS, ..get("/p/{*id}", "网页", "一条", Run::Read(pages::provision::page)) },
    Route {
        takes: Takes::Only(&[AS_OF, KIND, STANDING, PAGE, OFFSET]),
        errors: ID_ERRORS,
        ..get("/cited-by/{*id}", "网页", "引用它的各处", Run::Read(pages::cited::page))
    },
    Route {
        takes: Takes::Only(&[AS_OF, STATE, ALL, CASES, PAGE, OFFSET]),
        errors: ID_ERRORS,
        ..get("/impact/{*id}", "网页", "修改、废止之后要清理的各处", Run::Read(pages::impact::page))
    },
    Route {
        takes: DATED,
        errors: ID_ERRORS,
        ..get("/superior/{*id}", "网页", "逐条与上位法对照", Run::Read(pages::superior::page))
    },
    Route {
        takes: Takes::Only(COMPARED),
        errors: ID_ERRORS,
        ..get("/compare/{*id}", "网页", "新旧对照页", Run::Read(pages::compare::page))
    },
    Route { takes: Takes::Only(&[NEXT]), ..get("/login", "网页", "登录", Run::Read(pages::account::login)) },
    form("/login", "登录：表单所填", "LoginForm", Right::Read, Run::Ask(pages::account::sign_in)),
    Route {
        takes: Takes::Only(&[NEXT]),
        errors: ID_ERRORS,
        ..get("/login/oidc", "网页", "到统一身份认证登录", Run::Read(pages::outside::go))
    },
    form("/login/oidc", "统一身份认证之后的动态码", "CodeForm", Right::Read, Run::Ask(pages::outside::code)),
    Route {
        takes: Takes::Only(BACK),
        errors: ID_ERRORS,
        ..get(provider::BACK, "网页", "从统一身份认证回来", Run::Read(pages::outside::done))
    },
    form("/logout", "退出登录", "Nothing", Right::Own, Run::Ask(pages::account::sign_out)),
    Route {
        needs: Right::Keep,
        answers: (JSON, Some("Desk")),
        ..get("/api/v1/desk", "账户", "自己保存的检索、卷宗、审查、关注和推送", Run::Read(desk::desk))
    },
    Route {
        needs: Right::Keep,
        takes: Takes::Only(&[OPINION_FORMAT]),
        answers: (BYTES, None),
        files: files::PAPERS,
        errors: ID_ERRORS,
        ..get(
            "/api/v1/dossiers/{*id}",
            EXPORTS,
            "自己的一份卷宗的文件：Word、网页、Markdown、文本",
            Run::Read(desk::dossier),
        )
    },
    Route { needs: Right::Keep, ..get("/desk", "网页", "工作台", Run::Read(pages::desk::page)) },
    form("/desk", "保存、关注和推送", "DeskForm", Right::Keep, Run::Ask(pages::desk::change)),
    Route {
        needs: Right::Keep,
        takes: Takes::Only(KEPT),
        errors: ID_ERRORS,
        ..get("/desk/add", "网页", "保存和关注", Run::Read(pages::desk::add))
    },
    Route {
        needs: Right::Keep,
        answers: (desk::ATOM, None),
        ..get("/desk/atom", "账户", "关注的文件和案例的动态（Atom）", Run::Read(desk::atom))
    },
    Route {
        needs: Right::Keep,
        errors: ID_ERRORS,
        ..get("/dossiers/{*id}", "网页", "一份卷宗", Run::Read(pages::desk::dossier))
    },
    form("/dossiers/{*id}", "更改一份卷宗", "DossierForm", Right::Keep, Run::Ask(pages::desk::change_dossier)),
    Route {
        needs: Right::Keep,
        errors: ID_ERRORS,
        ..get("/reviews/{*id}", "网页", "保存的一次审查", Run::Read(pages::review::kept))
    },
    Route {
        errors: ID_ERRORS,
        ..get("/propose/{*id}", "网页", "对一件规范性文件提出审查建议", Run::Read(pages::proposals::propose))
    },
    form("/propose/{*id}", "提出审查建议", "ProposalForm", Right::Read, Run::Ask(pages::proposals::submit)),
    get("/proposal", "网页", "查询审查建议的答复", Run::Read(pages::proposals::state)),
    form("/proposal", "凭回执号查询答复", "ReceiptForm", Right::Read, Run::Ask(pages::proposals::ask_state)),
    Route {
        needs: Right::Answer,
        takes: Takes::Only(&[OFFSET]),
        errors: &[ErrorCode::InvalidParameter],
        ..get("/proposals", "网页", "公众审查建议", Run::Read(pages::proposals::queue))
    },
    form("/proposals", "一并答复多件审查建议", "AnswersForm", Right::Answer, Run::Ask(pages::proposals::answer_many)),
    Route {
        needs: Right::Answer,
        errors: ID_ERRORS,
        ..get("/proposals/{*id}", "网页", "一件审查建议", Run::Read(pages::proposals::one))
    },
    form("/proposals/{*id}", "答复审查建议", "AnswerForm", Right::Answer, Run::Ask(pages::proposals::answer)),
    Route { needs: Right::Own, ..get("/account", "网页", "我的账户", Run::Read(pages::account::page)) },
    form(
        "/account",
        "修改自己的口令、动态码，结束登录，新建和撤销密钥",
        "AccountForm",
        Right::Own,
        Run::Ask(pages::account::change),
    ),
    Route { needs: Right::Administer, ..get("/accounts", "网页", "管理账户", Run::Read(pages::accounts::page)) },
    form(
        "/accounts",
        "新建、更改、停用和删除账户",
        "AccountsForm",
        Right::Administer,
        Run::Ask(pages::accounts::change),
    ),
    Route {
        takes: Takes::Only(AUDITED),
        errors: &[ErrorCode::InvalidParameter],
        needs: Right::Audit,
        ..get("/audit", "网页", "审计日志", Run::Read(pages::audit::page))
    },
    Route {
        answers: ("text/css", None),
        errors: &[ErrorCode::NotFound],
        ..get("/static/{*id}", "网页", "样式、脚本和图标", Run::Now(assets::asset))
    },
];

/// How long a reading request may take, its waiting included.
const READ_BUDGET: Duration = Duration::from_secs(10);

/// How long a write may take, its waiting included.
const WRITE_BUDGET: Duration = Duration::from_secs(600);

/// The router made from the table.
pub fn router(server: Arc<Server>) -> Router {
    let mut router = Router::new();
    for row in ROUTES {
        router = router.route(row.path, methods(row, server.clone()));
    }
    let missing = || async { Failure::new(ErrorCode::NotFound, "没有这个地址；接口说明在 /api") };
    layered(router.fallback(missing), server)
}

/// What every request passes, from the outside in: compression, the outermost layer, the net under a panic.
fn layered(router: Router, server: Arc<Server>) -> Router {
    router
        .layer(CatchPanicLayer::custom(|_| Failure::internal().into_response()))
        .layer(axum::middleware::from_fn_with_state(server, outermost::layer))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
}

fn methods(row: &'static Route, server: Arc<Server>) -> MethodRouter {
    let filter = if row.method == "POST" { MethodFilter::POST } else { MethodFilter::GET };
    let bytes_max = row.body.map_or(0, |body| body.bytes_max);
    let handler = move |id: Result<Option<Path<String>>, PathRejection>, request: Request| async move {
        let id = id.map_err(|_| Failure::new(ErrorCode::NotFound, "地址中的编号不是 UTF-8 文字，请检查编号"))?;
        answered(row, server, id.map(|Path(id)| id).unwrap_or_default(), request).await
    };
    on(filter, handler).layer(DefaultBodyLimit::max(bytes_max))
}

async fn answered(row: &'static Route, server: Arc<Server>, id: String, request: Request) -> Answer {
    let parameters = checked_parameters(row, request.uri().query().unwrap_or(""))?;
    let request_id = request.extensions().get::<RequestId>().map_or_else(String::new, |id| id.0.clone());
    let way = Way::of(&request, &server.proxies);
    if !server.limits.take(way.from, Instant::now()) {
        return Err(Failure::new(ErrorCode::RateLimited, "请求过于频繁，请稍候再来"));
    }
    let who = identity::who(&server, &request, &way, &request_id)?;
    if let Err(refused) = identity::admit(&server, row, &who, request.uri(), request.headers()) {
        return signing_in(row, &request, refused);
    }
    let headers = request.headers().clone();
    let mut asked = Asked { id, parameters, headers, body: Bytes::new(), request_id, who, encrypted: way.encrypted };
    match row.run {
        Run::Now(handler) => handler(&server, &asked),
        Run::Read(handler) => {
            let place = work::admit(&server.reading)?;
            let shared = server.clone();
            let read = move || {
                let app = shared.faju()?;
                note_reading(app, &shared, row, &asked)?;
                handler(app, &shared, &asked)
            };
            work::run(&server.reading, place, READ_BUDGET, read).await
        }
        Run::Feed(_) if feed::wanted(&asked)? => {
            note_feed(&server, row, &asked)?;
            let answering = request.extensions().get::<ConnectInfo<Peer>>().map(|peer| peer.0.begin());
            feed::stream(&server, &asked, answering)
        }
        Run::Feed(handler) => {
            note_feed(&server, row, &asked)?;
            let place = work::admit(&server.reading)?;
            let shared = server.clone();
            work::run(&server.reading, place, READ_BUDGET, move || handler(shared.faju()?, &shared, &asked)).await
        }
        Run::Ask(handler) => {
            if row.answers.0 == HTML {
                guard::same_site(request.uri(), request.headers())?;
            }
            let place = work::admit(&server.reading)?;
            asked.body = body(row, request).await?;
            let shared = server.clone();
            work::run(&server.reading, place, READ_BUDGET, move || handler(shared.faju()?, &shared, &asked)).await
        }
        Run::Write(handler) => {
            may_write(&server, &request, &asked.who)?;
            let place = work::admit(&server.writing)?;
            asked.body = body(row, request).await?;
            let shared = server.clone();
            let act = move || noted(&shared, row, &asked, || handler(shared.faju()?, &shared, &asked));
            work::run(&server.writing, place, WRITE_BUDGET, act).await
        }
    }
}

/// Whoever opens a page that needs a sign-in is asked to sign in, and comes back.
fn signing_in(row: &Route, request: &Request, refused: Failure) -> Answer {
    if refused.error.code != ErrorCode::Unauthenticated || row.answers.0 != HTML || row.method != "GET" {
        return Err(refused);
    }
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    see_other(&format!("/login?next={}", query_string::encode(target, "/")))
}

/// Writes down that somebody opens what only few may read, or takes a file along. What the public reads is not tied to persons.
fn note_reading(app: &Faju, server: &Server, row: &Route, asked: &Asked) -> Result<(), Failure> {
    if !asked.who.is_signed_in() {
        return Ok(());
    }
    let asker = server.asker(&asked.who);
    let sees = asker.access == Access::Restricted || !asker.departments.is_empty();
    let restricted = sees && !asked.id.is_empty() && app.is_restricted(&asked.id, &asker);
    let what = match (row.tag == EXPORTS, restricted) {
        (true, true) => "export_restricted",
        (true, false) => "export",
        (false, true) => "open_restricted",
        (false, false) => return Ok(()),
    };
    Ok(server.service.note(&asked.who, what, &asked.id, "begun", row.path)?)
}

/// The feed holds whole texts: whoever sees what only few may read takes it along.
fn note_feed(server: &Server, row: &Route, asked: &Asked) -> Result<(), Failure> {
    if asked.who.is_signed_in() && server.asker(&asked.who).access == Access::Restricted {
        server.service.note(&asked.who, "export_restricted", "", "begun", row.path)?;
    }
    Ok(())
}

/// Does what a route that writes does, with a word in the audit log before and behind it. What cannot be written down is not
/// done.
fn noted(server: &Server, row: &Route, asked: &Asked, act: impl FnOnce() -> Answer) -> Answer {
    let what = row.path.trim_start_matches("/api/v1/");
    server.service.note(&asked.who, what, "", "begun", "")?;
    let done = act();
    let (outcome, detail) = match &done {
        Ok(_) => ("done", ""),
        Err(failure) => ("failed", failure.error.code.name()),
    };
    server.service.note(&asked.who, what, "", outcome, detail)?;
    done
}

/// Parameters of a request, only such as its route has. Forms of pages send what was left empty; the API does not.
fn checked_parameters(row: &Route, raw: &str) -> Result<Parameters, Failure> {
    let mut parameters = query_string::decode(raw)?;
    let all = row.takes.all();
    let known: Vec<&str> = all.iter().map(|parameter| parameter.name).collect();
    if let Some((name, _)) = parameters.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        return Err(Failure::unknown_parameter(name, &known));
    }
    if row.answers.0 == HTML {
        parameters.retain(|(_, value)| !value.trim().is_empty());
    }
    Ok(parameters)
}

fn may_write(server: &Server, request: &Request, who: &Who) -> Result<(), Failure> {
    // With accounts the right decides.
    if who.by != By::Unguarded {
        return Ok(());
    }
    if !server.allow_import {
        return Err(Failure::new(ErrorCode::Forbidden, "没有开放写入；本机可用 faju serve --allow-import 开放"));
    }
    guard::local(request.uri(), request.headers())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::service::Service;
    use crate::http::guard::Guard;
    use axum::body::Body as Bytes;
    use tower::ServiceExt;

    fn answer(router: Router, target: &str) -> Response {
        let request = Request::builder().uri(target).header("host", "a").body(Bytes::empty()).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(router.oneshot(request)).unwrap()
    }

    fn server() -> Arc<Server> {
        let service = Service::of(std::path::Path::new("/nowhere"));
        Arc::new(Server::new(Access::Public, false, Guard { local_only: false }, service))
    }

    #[test]
    fn a_panic_is_answered_as_a_problem() {
        let panics = || async {
            if true {
                panic!("on purpose")
            }
        };
        let router = Router::new().route("/api/panics", axum::routing::get(panics));
        let response = answer(layered(router, server()), "/api/panics");
        assert_eq!(response.status(), 500);
        assert_eq!(response.headers()["content-type"], "application/problem+json; charset=utf-8");
    }

    #[test]
    fn a_server_that_is_not_ready_says_so() {
        for (target, status) in
            [("/healthz", 200), ("/readyz", 503), ("/api/v1/search", 503), ("/", 503), ("/api", 200)]
        {
            assert_eq!(answer(router(server()), target).status(), status, "{target}");
        }
    }

    #[test]
    fn a_full_server_says_so_and_stays_alive() {
        let server = server();
        let _places: Vec<_> = std::iter::from_fn(|| work::admit(&server.reading).ok()).collect();
        let response = answer(router(server.clone()), "/api/v1/search");
        assert_eq!((response.status().as_u16(), &response.headers()["retry-after"]), (503, &"1".parse().unwrap()));
        assert_eq!(answer(router(server), "/healthz").status(), 200);
    }

    #[test]
    fn rows_are_whole() {
        for row in ROUTES {
            assert!(
                matches!(row.run, Run::Write(_) | Run::Ask(_)) == (row.method == "POST")
                    && row.body.is_some() == (row.method == "POST")
            );
            assert!(
                row.answers.1.is_none_or(|schema| crate::http::openapi::schemas().contains_key(schema)),
                "{}",
                row.path
            );
            assert!(
                row.body.is_none_or(|body| crate::http::openapi::schemas().contains_key(body.schema)),
                "{}",
                row.path
            );
        }
    }
}
