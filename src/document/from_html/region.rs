//! A page's tree to the part that holds the report: menus, paths and footers of the site are left aside.

use super::tree::Tree;

/// Where the report stands.
pub(super) struct Region {
    /// The innermost element that holds nearly all of the page's own words and all of its tables.
    pub root: u32,
    /// Which nodes are parts of the site.
    pub aside: Vec<bool>,
}

/// Finds the report in a page.
pub(super) fn of(tree: &Tree) -> Region {
    let all = weights(tree, &[]);
    let aside: Vec<bool> = (0..tree.nodes.len() as u32)
        .map(|at| at > 0 && is_aside(tree, at, all[at as usize]))
        .collect();
    let own = weights(tree, &aside);
    let whole = own[0];
    let mut root = 0;
    loop {
        let heavy = tree.shown(root).filter(|child| {
            let weight = own[*child as usize];
            weight.words * 10 >= whole.words * 9 && weight.cells == whole.cells
        });
        let inner: Vec<u32> = heavy.filter(|child| may_hold(&tree.node(*child).name)).collect();
        match inner.as_slice() {
            [only] if whole.words > 0 => root = *only,
            _ => return Region { root, aside },
        }
    }
}

/// A table, a list or a paragraph is not the whole report even if it is most of it.
fn may_hold(name: &str) -> bool {
    matches!(
        name,
        "html" | "body" | "div" | "main" | "article" | "section" | "form" | "center" | "span" | "font"
    )
}

/// What stands below a node.
#[derive(Clone, Copy, Default)]
struct Weight {
    /// Characters that are not of a link.
    words: usize,
    /// Characters of links.
    links: usize,
    cells: usize,
    /// Headings.
    heads: usize,
}

/// The weight of every node without what stands aside; children have larger numbers than their parents.
fn weights(tree: &Tree, aside: &[bool]) -> Vec<Weight> {
    let mut weights = vec![Weight::default(); tree.nodes.len()];
    for at in (0..tree.nodes.len()).rev() {
        let node = &tree.nodes[at];
        let mut weight = Weight {
            words: node.text.chars().filter(|c| !c.is_whitespace()).count(),
            cells: usize::from(matches!(node.name.as_str(), "td" | "th")),
            heads: usize::from(matches!(node.name.as_str(), "h1" | "h2" | "h3")),
            ..Weight::default()
        };
        for child in tree.shown(at as u32) {
            let below = weights[child as usize];
            weight.words += below.words;
            weight.links += below.links;
            weight.cells += below.cells;
            weight.heads += below.heads;
        }
        if node.name == "a" {
            weight.links += weight.words;
            weight.words = 0;
        }
        if !aside.get(at).is_some_and(|aside| *aside) {
            weights[at] = weight;
        }
    }
    weights
}

/// Parts of a site by their element or their class.
const ASIDE: &[&str] = &[
    "nav",
    "menu",
    "footer",
    "foot",
    "header",
    "crumb",
    "breadcrumb",
    "sidebar",
    "copyright",
    "share",
    "toolbar",
    "pagination",
    "banner",
    "location",
    "position",
    "dqwz",
    "weizhi",
];

/// The most words that a part of a site holds besides its links.
const LITTLE: usize = 400;

fn is_aside(tree: &Tree, at: u32, weight: Weight) -> bool {
    let node = tree.node(at);
    // What holds a heading may hold the report's title.
    if weight.words > LITTLE || weight.cells > 8 || weight.heads > 0 {
        return false;
    }
    let class = node.about.as_ref().map_or("", |about| about.class.as_str());
    let by_class = class
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
        .any(|word| ASIDE.contains(&word));
    let by_name = matches!(node.name.as_str(), "nav" | "footer" | "header" | "aside");
    let container = matches!(
        node.name.as_str(),
        "div" | "ul" | "ol" | "td" | "table" | "p" | "section" | "dl"
    );
    // Mostly links: a menu. A report may cite one or two.
    let only_links = weight.words == 0 && weight.links >= 6;
    let by_links = container && (only_links || (weight.links >= 12 && weight.links > weight.words * 2));
    by_class || by_name || by_links
}
