//! The report's part of a page to paragraphs, headings, items and tables in reading order.

use super::region::Region;
use super::tables;
use super::tree::{Tree, is_block};
use crate::document::marks::mark_of;
use crate::document::structured::{Structured, Style};

/// Lays the part out.
pub(super) fn lay(tree: &Tree, region: &Region, structured: &mut Structured) {
    let mut flow = Flow {
        tree,
        region,
        structured,
        text: Inline::default(),
        lists: Vec::new(),
    };
    flow.children(region.root);
    flow.flush();
}

/// Text between two block elements, its blanks as a browser shows them.
#[derive(Default)]
pub(super) struct Inline {
    text: String,
    /// A blank is due, and whether the source breaks a line there.
    blank: Option<bool>,
}

impl Inline {
    /// Adds a text of the page. A line break of the source between two Chinese characters is no blank.
    pub(super) fn push(&mut self, text: &str, is_kept: bool) {
        if is_kept {
            self.blank = None;
            self.text.push_str(text);
            return;
        }
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                let breaks = self.blank.unwrap_or(false) || c == '\n';
                self.blank = Some(breaks);
                continue;
            }
            if let Some(breaks) = self.blank.take() {
                let before = self.text.chars().next_back();
                let wide = |c: char| !c.is_ascii();
                let needless = before.is_none_or(|before| {
                    matches!(before, '\n' | ' ') || (breaks && (wide(before) || wide(c)))
                });
                if !needless {
                    self.text.push(' ');
                }
            }
            self.text.push(if c == '\u{a0}' { ' ' } else { c });
        }
    }

    /// A line ends.
    pub(super) fn line_break(&mut self) {
        self.blank = None;
        self.text.push('\n');
    }

    pub(super) fn take(&mut self) -> String {
        self.blank = None;
        std::mem::take(&mut self.text)
    }
}

pub(super) struct Flow<'t, 's> {
    pub tree: &'t Tree,
    pub region: &'t Region,
    pub structured: &'s mut Structured,
    text: Inline,
    /// The numbers of the open lists; none for lists without.
    lists: Vec<Option<u32>>,
}

impl Flow<'_, '_> {
    /// All that stands in an element. Elements are at most so deep as `tree` lets them be.
    pub(super) fn children(&mut self, at: u32) {
        let children: Vec<u32> = self.tree.shown(at).collect();
        for child in children {
            if !self.region.aside[child as usize] {
                self.node(child);
            }
        }
    }

    fn node(&mut self, at: u32) {
        let node = self.tree.node(at);
        match node.name.as_str() {
            "" => self.text.push(&node.text, false),
            "br" => self.text.line_break(),
            "table" => {
                self.flush();
                tables::lay(self, at);
            }
            "pre" => {
                self.flush();
                self.kept(at);
                self.flush();
            }
            "ul" | "ol" => {
                self.flush();
                let start = node.about.as_ref().and_then(|about| about.start).unwrap_or(1);
                self.lists.push((node.name == "ol").then_some(start));
                self.children(at);
                self.flush();
                self.lists.pop();
            }
            "li" => self.item(at),
            name => match name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()) {
                Some(level @ 1..=6) => self.heading(at, level),
                _ if is_block(name) => {
                    self.flush();
                    self.children(at);
                    self.flush();
                }
                _ => self.children(at),
            },
        }
    }

    fn heading(&mut self, at: u32, level: u8) {
        self.flush();
        self.children(at);
        let text = self.text.take();
        if text.chars().count() <= LONGEST_HEADING {
            self.structured.paragraph(&text, Style::Heading(level));
        } else {
            self.structured.lines(&text);
        }
    }

    fn item(&mut self, at: u32) {
        self.flush();
        self.children(at);
        let text = self.text.take();
        let bare = text.trim();
        if bare.is_empty() {
            return;
        }
        let number = match self.lists.last_mut() {
            Some(Some(next)) => {
                let number = *next;
                *next = next.saturating_add(1);
                Some(number)
            }
            _ => None,
        };
        match number.filter(|_| mark_of(bare).is_none()) {
            Some(number) => self
                .structured
                .paragraph(&format!("{number}. {bare}"), Style::Item),
            None => self.structured.paragraph(bare, Style::Item),
        }
    }

    /// Text whose line breaks are shown as they are.
    fn kept(&mut self, at: u32) {
        let children: Vec<u32> = self.tree.shown(at).collect();
        for child in children {
            let node = self.tree.node(child);
            match node.name.as_str() {
                "" => self.text.push(&node.text, true),
                "br" => self.text.line_break(),
                _ => self.kept(child),
            }
        }
    }

    /// The text gathered so far as paragraphs: old pages part them by line breaks alone.
    pub(super) fn flush(&mut self) {
        let text = self.text.take();
        let own = |line: &&str| !is_of_site(line);
        match text.lines().all(|line| own(&line)) {
            true => self.structured.lines(&text),
            false => self
                .structured
                .lines(&text.lines().filter(own).collect::<Vec<_>>().join("\n")),
        }
    }
}

/// More characters than this are no heading, whatever their element.
const LONGEST_HEADING: usize = 80;

/// A line that sites put around every text: where one is, who runs the site, buttons.
fn is_of_site(line: &str) -> bool {
    const BEGINS: &[&str] = &[
        "当前位置",
        "您的位置",
        "您现在的位置",
        "您所在的位置",
        "您当前的位置",
        "首页",
        "【打印",
        "[打印",
        "打印本页",
        "【关闭",
        "关闭窗口",
        "【字体",
        "字体：",
        "字号：",
        "分享到",
        "浏览次数",
        "点击数",
        "上一篇",
        "下一篇",
        "扫一扫",
        "版权所有",
        "网站地图",
        "联系我们",
    ];
    const HOLDS: &[&str] = &[
        "浏览次数",
        "点击次数",
        "ICP备",
        "公网安备",
        "网站标识码",
        "版权所有",
        "Copyright",
        "copyright",
    ];
    let bare = line.trim();
    let short = bare.len() <= 360 && bare.chars().count() <= 120;
    short
        && !bare.ends_with('。')
        && (BEGINS.iter().any(|begin| bare.starts_with(begin))
            || HOLDS.iter().any(|held| bare.contains(held)))
}
