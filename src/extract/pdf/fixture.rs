//! For tests: small files.

use lopdf::{Document, Object, Stream, dictionary};

/// What is drawn on a page of 595 × 842 points; places from the upper left corner.
#[derive(Default)]
pub(crate) struct Drawing {
    content: String,
    pub(crate) turn: i64,
}

impl Drawing {
    /// Text of 10 points with its base line at `y`.
    pub(crate) fn text(&mut self, x: f64, y: f64, text: &str) -> &mut Self {
        let codes: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        self.raw(&format!("BT /F1 10 Tf 1 0 0 1 {x} {} Tm <{codes}> Tj ET", 842.0 - y))
    }

    /// A horizontal line.
    pub(crate) fn across(&mut self, y: f64, from: f64, to: f64) -> &mut Self {
        self.raw(&format!("{from} {0} m {to} {0} l S", 842.0 - y))
    }

    /// A vertical line.
    pub(crate) fn down(&mut self, x: f64, from: f64, to: f64) -> &mut Self {
        self.raw(&format!("{x} {} m {x} {} l S", 842.0 - from, 842.0 - to))
    }

    pub(crate) fn raw(&mut self, operators: &str) -> &mut Self {
        self.content.push_str(operators);
        self.content.push('\n');
        self
    }

    /// Rows of single-line cells, 20 points high, between the given edges from `top` on.
    pub(crate) fn rows(&mut self, top: f64, edges: &[f64], rows: &[&[&str]]) -> &mut Self {
        let (left, right) = (edges[0], edges[edges.len() - 1]);
        let bottom = top + 20.0 * rows.len() as f64;
        for &x in edges {
            self.down(x, top, bottom);
        }
        self.across(top, left, right);
        for (at, row) in rows.iter().enumerate() {
            let y = top + 20.0 * at as f64;
            self.across(y + 20.0, left, right);
            for (text, x) in row.iter().zip(edges) {
                self.text(x + 5.4, y + 14.0, text);
            }
        }
        self
    }
}

/// A file; its font `F1` has the code of every character for it, `F2` tells none, the form `X1` draws a text and itself.
pub(crate) fn file(drawings: &[Drawing]) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let table = "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0020> <FFFD> <0020> endbfrange";
    let table = document.add_object(Stream::new(dictionary! {}, table.as_bytes().to_vec()));
    let descendant = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType2", "DW" => 1000, "W" => vec![32.into(), 126.into(), 500.into()],
    });
    let mut font = |table: Option<lopdf::ObjectId>| {
        let mut font = dictionary! { "Type" => "Font", "Subtype" => "Type0", "Encoding" => "Identity-H", "DescendantFonts" => vec![Object::Reference(descendant)] };
        if let Some(table) = table {
            font.set("ToUnicode", table);
        }
        document.add_object(font)
    };
    let (known, unknown) = (font(Some(table)), font(None));
    let form = document.new_object_id();
    let resources = document.add_object(dictionary! {
        "Font" => dictionary! { "F1" => known, "F2" => unknown }, "XObject" => dictionary! { "X1" => form },
    });
    let own = dictionary! { "Subtype" => "Form", "Resources" => resources };
    document.objects.insert(form, Stream::new(own, b"BT /F1 5 Tf 9 9 Td <7532> Tj ET /X1 Do".to_vec()).into());
    let tree = document.new_object_id();
    let mut kids: Vec<Object> = Vec::new();
    for drawing in drawings {
        let content = document.add_object(Stream::new(dictionary! {}, drawing.content.clone().into_bytes()));
        let page = document.add_object(
            dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content, "Rotate" => drawing.turn },
        );
        kids.push(page.into());
    }
    let size = vec![0.into(), 0.into(), 595.into(), 842.into()];
    let count = kids.len() as i64;
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count, "Resources" => resources, "MediaBox" => size }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("written");
    bytes
}
