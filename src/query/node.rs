//! Building, reading and printing trees.

use super::parse::{field_name, is_plain};
use super::{Field, Node};
use std::fmt;

impl Node {
    /// The words and phrases that a hit has because it was asked for, in the order of the query: what is highlighted.
    /// Nothing under a `Not`.
    pub fn positive_terms(&self) -> Vec<&Node> {
        match self {
            Node::All | Node::Not(_) | Node::Provisions { .. } => Vec::new(),
            Node::Words { .. } | Node::Phrase { .. } => vec![self],
            Node::And(members) | Node::Or(members) => members.iter().flat_map(Node::positive_terms).collect(),
        }
    }

    /// Whether the query is nothing but unquoted words: then ranking may add what has none of them.
    pub fn is_plain_words(&self) -> bool {
        matches!(self, Node::Words { field: Field::Text, .. })
    }

    /// The same, but only what cites something: an id, or a citation as people type it.
    pub fn and_cites(self, cited: &str) -> Node {
        Node::all_of(vec![self, Node::Phrase { field: Field::Cites, text: cited.to_string() }])
    }

    /// All of these, in the form that [`Node`] promises.
    pub(super) fn all_of(members: Vec<Node>) -> Node {
        let mut flat = Vec::with_capacity(members.len());
        for member in members {
            match member {
                Node::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        flat.retain(|member| *member != Node::All);
        if flat.iter().all(|member| matches!(member, Node::Not(_))) {
            flat.insert(0, Node::All);
        }
        only(flat).unwrap_or_else(Node::And)
    }

    /// Any of these, in the form that [`Node`] promises.
    pub(super) fn any_of(members: Vec<Node>) -> Node {
        let mut flat = Vec::with_capacity(members.len());
        for member in members {
            match Node::all_of(vec![member]) {
                Node::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        only(flat).unwrap_or_else(Node::Or)
    }

    /// Everything but this.
    pub(super) fn negated(self) -> Node {
        match self {
            Node::Not(inner) => *inner,
            Node::And(members) => match <[Node; 2]>::try_from(members) {
                Ok([Node::All, Node::Not(inner)]) => *inner,
                Ok(both) => Node::Not(Box::new(Node::And(both.into()))),
                Err(members) => Node::Not(Box::new(Node::And(members))),
            },
            other => Node::Not(Box::new(other)),
        }
    }
}

/// The one member of a list, or the list.
fn only(mut members: Vec<Node>) -> Result<Node, Vec<Node>> {
    match members.pop() {
        Some(member) if members.is_empty() => Ok(member),
        Some(member) => {
            members.push(member);
            Err(members)
        }
        None => Err(members),
    }
}

/// Where a node stands: what needs parentheses there.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Place {
    /// Alone, in parentheses or as a member of `Or`.
    Loose,
    /// As a member of `And`.
    InAnd,
    /// After `NOT` or a field.
    Tight,
}

/// The query language again: what is printed is read as the same tree.
impl fmt::Display for Node {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // Read as plain words whatever is in it, so nothing is escaped.
            Node::Words { field: Field::Text, text } if is_plain(text) => out.write_str(text),
            _ => print(self, Place::Loose, out),
        }
    }
}

fn print(node: &Node, place: Place, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    match node {
        Node::All => Ok(()),
        Node::Words { field, text } => {
            print_field(*field, out)?;
            // A word begins with a parenthesis only after its field.
            if *field == Field::Text && text.starts_with(['(', '（']) {
                out.write_str("正文:")?;
            }
            let several = text.contains(char::is_whitespace);
            let grouped = several && (place == Place::Tight || *field != Field::Text);
            parenthesised(grouped, out, |out| print_escaped(text, out))
        }
        Node::Phrase { field, text } => {
            print_field(*field, out)?;
            out.write_str("\"")?;
            print_escaped(text, out)?;
            out.write_str("\"")
        }
        Node::Provisions { text, .. } => print(&Node::Phrase { field: Field::Cites, text: text.clone() }, place, out),
        Node::Not(inner) => {
            out.write_str("NOT ")?;
            print(inner, Place::Tight, out)
        }
        Node::And(members) => {
            let mut shown = members.iter().filter(|member| **member != Node::All).peekable();
            let grouped = place == Place::Tight;
            parenthesised(grouped, out, |out| {
                while let Some(member) = shown.next() {
                    print(member, Place::InAnd, out)?;
                    if shown.peek().is_some() {
                        out.write_str(" AND ")?;
                    }
                }
                Ok(())
            })
        }
        Node::Or(members) => parenthesised(place >= Place::InAnd, out, |out| {
            for (at, member) in members.iter().enumerate() {
                if at > 0 {
                    out.write_str(" OR ")?;
                }
                print(member, Place::Loose, out)?;
            }
            Ok(())
        }),
    }
}

fn parenthesised(
    wanted: bool,
    out: &mut fmt::Formatter<'_>,
    inside: impl FnOnce(&mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    if !wanted {
        return inside(out);
    }
    out.write_str("(")?;
    inside(out)?;
    out.write_str(")")
}

fn print_field(field: Field, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    if field == Field::Text { Ok(()) } else { write!(out, "{}:", field_name(field)) }
}

fn print_escaped(text: &str, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    for character in text.chars() {
        if character == '\\' || super::parse::is_quote(character) {
            out.write_str("\\")?;
        }
        write!(out, "{character}")?;
    }
    Ok(())
}
