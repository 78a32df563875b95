//! A web page as a tree, read by html5ever as browsers read it. Nodes stand in one list; nothing here calls itself, and depth and
//! number of nodes are bounded, since the time of the parser grows with the depth of a page.

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};
use std::borrow::Cow;
use std::cell::{Ref, RefCell};

/// Deepest nesting; browsers stop at 512.
const DEPTH_MAX: usize = 512;
/// Most nodes.
const NODES_MAX: usize = 2_000_000;
/// Characters that are parsed before the bounds are looked at again.
const PIECE_CHARS: usize = 4_096;

/// A page has too many nodes, or lies too deep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooTangled;

/// Place of a node in a [`Page`].
pub type Id = usize;

/// A page.
#[derive(Debug)]
pub struct Page {
    nodes: Vec<Node>,
    /// Deepest nesting so far.
    depth: usize,
}

#[derive(Debug)]
struct Node {
    parent: Option<Id>,
    children: Vec<Id>,
    depth: usize,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Text(String),
    Element {
        name: QualName,
        attributes: Vec<Attribute>,
    },
    /// The document itself, comments and the like.
    Other,
}

/// Going through a tree: into a node, and out of it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// Before the children of a node.
    Open(Id),
    /// Behind them.
    Close(Id),
}

/// The root of every page.
pub const ROOT: Id = 0;

impl Page {
    /// Reads a page.
    ///
    /// # Errors
    ///
    /// [`TooTangled`] if it exceeds the bounds.
    pub fn read(text: &str) -> Result<Page, TooTangled> {
        let root = Node { parent: None, children: Vec::new(), depth: 0, kind: Kind::Other };
        let sink = Sink(RefCell::new(Page { nodes: vec![root], depth: 0 }));
        let mut parser = parse_document(sink, ParseOpts::default());
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.char_indices().nth(PIECE_CHARS).map_or(rest.len(), |(at, _)| at);
            let (piece, behind) = rest.split_at(end);
            parser.process(StrTendril::from(piece));
            rest = behind;
            let page = parser.tokenizer.sink.sink.0.borrow();
            if page.depth > DEPTH_MAX || page.nodes.len() > NODES_MAX {
                return Err(TooTangled);
            }
        }
        Ok(parser.finish())
    }

    /// The name of an element in small letters; empty for what is none.
    pub fn name(&self, id: Id) -> &str {
        match self.nodes.get(id).map(|node| &node.kind) {
            Some(Kind::Element { name, .. }) => &name.local,
            _ => "",
        }
    }

    /// An attribute of an element.
    pub fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        match self.nodes.get(id).map(|node| &node.kind) {
            Some(Kind::Element { attributes, .. }) => {
                attributes.iter().find(|one| &*one.name.local == name).map(|one| &*one.value)
            }
            _ => None,
        }
    }

    /// The text of a node that is text.
    pub fn text(&self, id: Id) -> Option<&str> {
        match self.nodes.get(id).map(|node| &node.kind) {
            Some(Kind::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The nodes directly inside of one.
    pub fn children(&self, id: Id) -> &[Id] {
        self.nodes.get(id).map_or(&[], |node| &node.children)
    }

    /// Goes through everything below a node, itself included, in the order of the page.
    pub fn walk(&self, from: Id) -> impl Iterator<Item = Edge> + '_ {
        let mut waiting = vec![Edge::Open(from)];
        std::iter::from_fn(move || {
            let edge = waiting.pop()?;
            if let Edge::Open(id) = edge {
                waiting.push(Edge::Close(id));
                waiting.extend(self.children(id).iter().rev().map(|child| Edge::Open(*child)));
            }
            Some(edge)
        })
    }

    /// Every node below one, itself included, in the order of the page.
    pub fn below(&self, from: Id) -> impl Iterator<Item = Id> + '_ {
        self.walk(from).filter_map(|edge| if let Edge::Open(id) = edge { Some(id) } else { None })
    }

    fn add(&mut self, kind: Kind) -> Id {
        self.nodes.push(Node { parent: None, children: Vec::new(), depth: 0, kind });
        self.nodes.len() - 1
    }

    /// Puts a node among the children of another; text goes on with text before it.
    fn put(&mut self, parent: Id, at: usize, child: NodeOrText<Id>) {
        let id = match child {
            NodeOrText::AppendNode(id) => {
                self.take(id);
                id
            }
            NodeOrText::AppendText(text) => {
                let before = at.checked_sub(1).and_then(|before| self.nodes[parent].children.get(before).copied());
                if let Some(Kind::Text(known)) = before.map(|before| &mut self.nodes[before].kind) {
                    known.push_str(&text);
                    return;
                }
                self.add(Kind::Text(text.to_string()))
            }
        };
        let depth = self.nodes[parent].depth + 1;
        self.nodes[id].parent = Some(parent);
        self.nodes[id].depth = depth;
        self.depth = self.depth.max(depth);
        let at = at.min(self.nodes[parent].children.len());
        self.nodes[parent].children.insert(at, id);
    }

    /// Place of a node among its siblings. What is looked for stands mostly at the end.
    fn place(&self, id: Id) -> Option<(Id, usize)> {
        let parent = self.nodes[id].parent?;
        let at = self.nodes[parent].children.iter().rposition(|child| *child == id)?;
        Some((parent, at))
    }

    fn take(&mut self, id: Id) {
        if let Some((parent, at)) = self.place(id) {
            self.nodes[parent].children.remove(at);
        }
        self.nodes[id].parent = None;
    }
}

/// What html5ever writes into. Ids come only from it, so that each is one of a node.
struct Sink(RefCell<Page>);

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Page;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Page {
        self.0.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Ref<'a, QualName> {
        Ref::map(self.0.borrow(), |page| match &page.nodes[*target].kind {
            Kind::Element { name, .. } => name,
            // html5ever asks it only of elements.
            _ => &*NAMELESS,
        })
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Id {
        self.0.borrow_mut().add(Kind::Element { name, attributes })
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.0.borrow_mut().add(Kind::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.0.borrow_mut().add(Kind::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        let mut page = self.0.borrow_mut();
        let at = page.nodes[*parent].children.len();
        page.put(*parent, at, child);
    }

    fn append_based_on_parent_node(&self, element: &Id, before: &Id, child: NodeOrText<Id>) {
        let has_parent = self.0.borrow().nodes[*element].parent.is_some();
        if has_parent { self.append_before_sibling(element, child) } else { self.append(before, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    // The contents of a template are read like its children.
    fn get_template_contents(&self, target: &Id) -> Id {
        *target
    }

    fn same_node(&self, one: &Id, other: &Id) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, node: NodeOrText<Id>) {
        let mut page = self.0.borrow_mut();
        if let NodeOrText::AppendNode(id) = &node {
            page.take(*id);
        }
        if let Some((parent, at)) = page.place(*sibling) {
            page.put(parent, at, node);
        }
    }

    fn add_attrs_if_missing(&self, target: &Id, more: Vec<Attribute>) {
        if let Kind::Element { attributes, .. } = &mut self.0.borrow_mut().nodes[*target].kind {
            for one in more {
                if !attributes.iter().any(|known| known.name == one.name) {
                    attributes.push(one);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        self.0.borrow_mut().take(*target);
    }

    fn reparent_children(&self, node: &Id, parent: &Id) {
        let mut page = self.0.borrow_mut();
        let children = std::mem::take(&mut page.nodes[*node].children);
        for child in children {
            page.nodes[child].parent = None;
            let at = page.nodes[*parent].children.len();
            page.put(*parent, at, NodeOrText::AppendNode(child));
        }
    }
}

/// The name of what has none.
static NAMELESS: std::sync::LazyLock<QualName> =
    std::sync::LazyLock::new(|| QualName::new(None, html5ever::ns!(html), html5ever::local_name!("")));

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(html: &str) -> Vec<String> {
        let page = Page::read(html).unwrap();
        page.below(ROOT).filter_map(|id| page.text(id)).map(str::to_string).collect()
    }

    #[test]
    fn a_page_is_read_as_browsers_read_it() {
        assert_eq!(texts("<p>甲<p>乙<b>丙</p>丁"), ["甲", "乙", "丙", "丁"]);
        assert_eq!(texts("<table>散<tr><td>甲</table>"), ["散", "甲"]);
        let page = Page::read("<div id=a align=CENTER>甲</div>").unwrap();
        let div = page.below(ROOT).find(|id| page.name(*id) == "div").unwrap();
        assert_eq!((page.attribute(div, "id"), page.attribute(div, "x")), (Some("a"), None));
    }

    #[test]
    fn what_is_too_deep_is_refused_at_once() {
        for tag in ["<div>", "<b a=1><i>", "<table><tr><td>", "<ul><li>"] {
            assert_eq!(Page::read(&tag.repeat(1_000_000)).unwrap_err(), TooTangled, "{tag}");
        }
        crate::text::linear::assert_linear("page", |size| drop(Page::read(&"<table>甲<p>".repeat(size))), 1_000, 8_000);
        crate::text::linear::assert_linear("page", |size| drop(Page::read(&"<p>甲</p>".repeat(size))), 10_000, 80_000);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(html in "(<table>|</table>|<tr>|<td>|<p>|</p>|<b>|</b>|<a href=x>|</a>|<select>|<option>|<template>|</template>|<svg>|<math>|<form>|</form>|<frameset>|<!--|-->|甲|</body>|<html a=1>){0,60}") {
            let _ = Page::read(&html);
        }
    }
}
