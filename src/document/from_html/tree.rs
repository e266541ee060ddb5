//! Tags and texts to a tree: what closes what, as authors leave closing tags out.

use super::tokens::{Tag, Token, Tokens};

/// Elements deeper than this stand beside one another instead of in one another.
const DEEPEST: usize = 200;
/// More nodes than this no report has.
const MOST_NODES: usize = 2_000_000;

/// A node: an element or a text.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// The element's name in small letters; empty for a text.
    pub name: String,
    /// The text of a text.
    pub text: String,
    pub about: Option<Box<About>>,
    /// Whether the page says that it is not to be shown.
    pub is_hidden: bool,
    pub children: Vec<u32>,
}

/// What the attributes of an element say.
#[derive(Debug, Default)]
pub(super) struct About {
    pub columns: u32,
    pub rows: Option<u32>,
    pub start: Option<u32>,
    /// Its class, id and role in one text.
    pub class: String,
}

/// A page.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The first is the whole page.
    pub nodes: Vec<Node>,
    pub is_cut: bool,
}

/// Elements that hold nothing.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "img"
            | "hr"
            | "input"
            | "meta"
            | "link"
            | "col"
            | "area"
            | "base"
            | "embed"
            | "source"
            | "track"
            | "wbr"
            | "param"
            | "bgsound"
            | "frame"
    )
}

/// Elements of which nothing is shown, or nothing that a report would say.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "title"
            | "textarea"
            | "iframe"
            | "noframes"
            | "noembed"
            | "xmp"
            | "head"
            | "select"
            | "button"
            | "svg"
            | "template"
            | "object"
            | "datalist"
            | "rt"
            | "rp"
            | "del"
    )
}

/// Elements that end where one of these begins, up to the elements that hold both.
fn closed_by(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "li" => (&["li"], &["ul", "ol", "table", "td", "th"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl", "table", "td", "th"]),
        "td" | "th" => (&["td", "th"], &["table", "tr"]),
        "tr" => (&["tr", "caption", "colgroup"], &["table"]),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "caption", "colgroup"], &["table"]),
        "option" => (&["option"], &["select"]),
        "body" => (&["head"], &["html"]),
        name if is_block(name) => (
            &["p"],
            &["td", "th", "div", "li", "table", "body", "section", "article"],
        ),
        _ => (&[], &[]),
    }
}

/// Elements that stand on lines of their own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "tbody"
            | "thead"
            | "tfoot"
            | "caption"
            | "pre"
            | "blockquote"
            | "center"
            | "hr"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "form"
            | "fieldset"
            | "figure"
            | "figcaption"
            | "address"
            | "body"
            | "html"
            | "details"
            | "summary"
    )
}

/// Reads a page.
pub(super) fn read(text: &str) -> Tree {
    let mut tree = Tree::default();
    tree.nodes.push(Node::default());
    let mut open: Vec<u32> = vec![0];
    // Elements that are too deep to be opened: their ends are waited for.
    let mut deeper = 0usize;
    for token in Tokens::new(text) {
        if tree.nodes.len() >= MOST_NODES {
            tree.is_cut = true;
            break;
        }
        match token {
            Token::Text(text) => {
                let node = Node {
                    text: text.into_owned(),
                    ..Node::default()
                };
                tree.add(&open, node);
            }
            Token::Open(tag) if is_void(&tag.name) => {
                tree.add(&open, element(&tag));
            }
            Token::Open(tag) => {
                let (ended, within) = closed_by(&tag.name);
                tree.close(&mut open, |name| ended.contains(&name), within);
                let at = tree.add(&open, element(&tag));
                match open.len() < DEEPEST {
                    true => open.push(at),
                    false => deeper += 1,
                }
            }
            Token::Close(_) if deeper > 0 => deeper -= 1,
            Token::Close(name) => {
                // A stray end inside a cell does not end the cell.
                let of_table = matches!(
                    name.as_str(),
                    "table" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "body" | "html"
                );
                let within: &[&str] = match name.as_str() {
                    "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" => &["table"],
                    _ if of_table => &[],
                    _ => &["td", "th", "table"],
                };
                tree.close(&mut open, |other| other == name, within);
            }
        }
    }
    tree
}

fn element(tag: &Tag) -> Node {
    let style: String = tag
        .get("style")
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let hidden = tag.get("hidden").is_some() || style.to_ascii_lowercase().contains("display:none");
    let words: Vec<String> = ["class", "id", "role"]
        .iter()
        .filter_map(|name| tag.get(name))
        .map(|value| value.to_ascii_lowercase())
        .collect();
    let about = About {
        columns: tag.number("colspan").unwrap_or(1),
        rows: tag.number("rowspan"),
        start: tag.number("start"),
        class: words.join(" "),
    };
    let said = about.columns != 1 || about.rows.is_some() || about.start.is_some() || !about.class.is_empty();
    Node {
        name: tag.name.clone(),
        is_hidden: hidden,
        about: said.then(|| Box::new(about)),
        ..Node::default()
    }
}

impl Tree {
    fn add(&mut self, open: &[u32], node: Node) -> u32 {
        let at = self.nodes.len() as u32;
        self.nodes.push(node);
        if let Some(parent) = open.last() {
            self.nodes[*parent as usize].children.push(at);
        }
        at
    }

    /// Ends the innermost element that is meant, unless it stands outside of one that holds it together.
    fn close(&self, open: &mut Vec<u32>, is_meant: impl Fn(&str) -> bool, within: &[&str]) {
        for at in (1..open.len()).rev() {
            let name = self.nodes[open[at] as usize].name.as_str();
            if is_meant(name) {
                open.truncate(at);
                return;
            }
            if within.contains(&name) {
                return;
            }
        }
    }

    pub(super) fn node(&self, at: u32) -> &Node {
        &self.nodes[at as usize]
    }

    /// The children of a node that are shown.
    pub(super) fn shown(&self, at: u32) -> impl Iterator<Item = u32> + '_ {
        let children = self.node(at).children.iter().copied();
        children.filter(|child| !self.node(*child).is_hidden && !is_left_out(&self.node(*child).name))
    }

    /// Every element of a name below a node, without looking below one that was found.
    pub(super) fn below(&self, at: u32, name: &str) -> Vec<u32> {
        let mut found = Vec::new();
        let mut open: Vec<u32> = self.shown(at).collect();
        open.reverse();
        while let Some(next) = open.pop() {
            if self.node(next).name == name {
                found.push(next);
                continue;
            }
            let before = open.len();
            open.extend(self.shown(next));
            open[before..].reverse();
        }
        found
    }
}
