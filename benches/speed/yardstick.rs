//! The straightforward program that speed is measured against: tantivy with jieba words in one text field, two threads.

use jieba_rs::Jieba;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::{AggContextParams, AggregationCollector};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{Index, IndexReader, TantivyDocument, Term};

/// One provision as the yardstick indexes it.
pub struct Article {
    /// Provision id.
    pub id: String,
    /// Title, headings and text, one field.
    pub text: String,
    /// `legislation normative case`, for the filtered class.
    pub kind: String,
    /// First day in force as a number, for the sorted class.
    pub dated: i64,
    /// Values of `FACETS` beside the year.
    pub facets: [String; 3],
}

/// Text fields that facets count, beside `kind` and the year. A status it cannot count: that depends on the day.
const FACETS: [&str; 3] = ["level", "issuer", "region"];

/// jieba words as a tantivy tokenizer, as the crate `tantivy-jieba` does it.
#[derive(Clone)]
struct Words(Arc<Jieba>);

struct Stream {
    tokens: Vec<Token>,
    at: usize,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        let mut tokens = Vec::new();
        let mut offset = 0;
        for (position, word) in self.0.cut(text, true).into_iter().map(|token| token.word).enumerate() {
            let (from, to) = (offset, offset + word.len());
            offset = to;
            tokens.push(Token {
                offset_from: from,
                offset_to: to,
                position,
                text: word.to_string(),
                position_length: 1,
            });
        }
        Stream { tokens, at: 0 }
    }
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        self.at += 1;
        self.at <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.at - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.at - 1]
    }
}

/// What a question asks beside the words.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ask {
    /// Count every hit exactly.
    pub count: bool,
    /// Only this kind.
    pub kind: Option<&'static str>,
    /// Newest first.
    pub by_date: bool,
    /// Snippets of the hits.
    pub highlights: bool,
    /// How many hits each kind, level, issuer, region and year has.
    pub facets: bool,
}

/// Counts of the values of every facet, the most frequent ones.
fn aggregations() -> Aggregations {
    let names = FACETS.into_iter().chain(["kind", "dated"]);
    let count = |name: &str| (name.to_string(), serde_json::json!({"terms": {"field": name, "size": 200}}));
    let wanted: serde_json::Map<String, serde_json::Value> = names.map(count).collect();
    serde_json::from_value(wanted.into()).expect("aggregations as tantivy documents them")
}

/// The yardstick, built.
pub struct Yardstick {
    reader: IndexReader,
    text: Field,
    kind: Field,
    jieba: Arc<Jieba>,
    facets: Aggregations,
    /// How long it took to index.
    pub took: Duration,
}

impl Yardstick {
    /// Indexes the articles in a folder, with two threads; what only facets need, only for them.
    pub fn build(folder: &Path, articles: &[Article], faceted: bool) -> tantivy::Result<Self> {
        let jieba = Arc::new(Jieba::new());
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("jieba")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let id = schema.add_text_field("id", STRING | STORED);
        let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing).set_stored());
        let kind = schema.add_text_field("kind", if faceted { STRING | FAST } else { STRING });
        let facets = if faceted { &FACETS[..] } else { &[] };
        let facets: Vec<Field> = facets.iter().map(|name| schema.add_text_field(name, STRING | FAST)).collect();
        let dated = schema.add_i64_field("dated", INDEXED | FAST);
        let index = Index::create_in_dir(folder, schema.build())?;
        index.tokenizers().register("jieba", Words(jieba.clone()));
        let began = Instant::now();
        let mut writer = index.writer_with_num_threads(2, 100_000_000)?;
        for article in articles {
            let mut document = TantivyDocument::default();
            document.add_text(id, &article.id);
            document.add_text(text, &article.text);
            document.add_text(kind, &article.kind);
            document.add_i64(dated, article.dated);
            facets.iter().zip(&article.facets).for_each(|(field, value)| document.add_text(*field, value));
            writer.add_document(document)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let took = began.elapsed();
        let reader = index.reader()?;
        Ok(Yardstick { reader, text, kind, jieba, facets: aggregations(), took })
    }

    fn query(&self, question: &str, kind: Option<&str>) -> Box<dyn Query> {
        let words = self.jieba.cut(question, true).into_iter().map(|token| token.word);
        let words = words.filter(|word| !word.trim().is_empty());
        let terms = words.map(|word| {
            let term = Term::from_field_text(self.text, word);
            (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>)
        });
        let any = Box::new(BooleanQuery::new(terms.collect()));
        match kind {
            None => any,
            Some(kind) => {
                let term = Term::from_field_text(self.kind, kind);
                let only = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
                Box::new(BooleanQuery::new(vec![(Occur::Must, any), (Occur::Must, only)]))
            }
        }
    }

    /// The ten best hits of any of the words, and how many there are when that is asked; number of hits shown.
    pub fn ask(&self, question: &str, ask: Ask) -> tantivy::Result<(usize, usize)> {
        let searcher = self.reader.searcher();
        let query = self.query(question, ask.kind);
        let (shown, total) = if ask.facets {
            let counted = AggregationCollector::from_aggs(self.facets.clone(), AggContextParams::default());
            let top = TopDocs::with_limit(10).order_by_score();
            let (top, count, _) = searcher.search(&query, &(top, Count, counted))?;
            (top.into_iter().map(|(_, address)| address).collect::<Vec<_>>(), count)
        } else if ask.by_date {
            let top = TopDocs::with_limit(10).order_by_fast_field::<i64>("dated", tantivy::Order::Desc);
            let (top, count) = searcher.search(&query, &(top, Count))?;
            (top.into_iter().map(|(_, address)| address).collect::<Vec<_>>(), count)
        } else if ask.count {
            let (top, count) = searcher.search(&query, &(TopDocs::with_limit(10).order_by_score(), Count))?;
            (top.into_iter().map(|(_, address)| address).collect(), count)
        } else {
            let top = searcher.search(&query, &TopDocs::with_limit(10).order_by_score())?;
            (top.into_iter().map(|(_, address)| address).collect(), 0)
        };
        let snippets = match ask.highlights {
            true => Some(SnippetGenerator::create(&searcher, &*query, self.text)?),
            false => None,
        };
        for address in &shown {
            let document: TantivyDocument = searcher.doc(*address)?;
            if let (Some(snippets), Some(text)) = (&snippets, document.get_first(self.text).and_then(|v| v.as_str())) {
                // It panics on overlapping tokens of some queries; the text alone is what is timed then.
                let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| snippets.snippet(text)));
            }
        }
        Ok((shown.len(), total))
    }
}
