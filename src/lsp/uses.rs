//! A rule file to the places in which something is meant that is declared elsewhere.

use super::names::{Declared, Kind, Place, Style, kind_named, parameter};
use crate::expr::fields::{Context, around, context_named, field_type};
use crate::source::Span;
use crate::syntax::keywords::Word;
use crate::syntax::{Content, Expr, ExprKind, File, Parameter, Piece, Scoring, Statement, Words};

/// Adds all such places of a file.
pub fn of_file(file: &File, declared: &Declared, all: &mut Vec<Place>) {
    let mut gather = Gather {
        declared,
        all,
        owner: String::new(),
        context: Context::Report,
    };
    for statement in &file.statements {
        gather.block(statement);
    }
}

struct Gather<'g> {
    declared: &'g Declared,
    all: &'g mut Vec<Place>,
    /// The check or standard whose 参数 are known.
    owner: String,
    context: Context,
}

impl Gather<'_> {
    fn block(&mut self, statement: &Statement) {
        self.owner = match &statement.content {
            Content::Path(path) => path.get(1).map_or(String::new(), |words| words.text.clone()),
            _ => statement
                .words()
                .map_or(String::new(), |words| words.text.clone()),
        };
        self.context = match statement.word {
            Word::Standard => Context::IndicatorRow,
            _ => statement
                .all(Word::Each)
                .find_map(|line| context_named(&line.words()?.text))
                .unwrap_or(Context::Report),
        };
        self.line(statement);
        statement.attributes.iter().for_each(|line| self.line(line));
    }

    fn line(&mut self, line: &Statement) {
        match &line.content {
            Content::Citation(words, _) => {
                let name = words.text.clone();
                self.put(Kind::Pack, name, &words.text, words.span, Style::Plain);
            }
            Content::Path(path) => self.path(path),
            Content::List(items) if matches!(line.word, Word::Parts | Word::SomeParts) => {
                items
                    .iter()
                    .for_each(|item| self.meant(Kind::Name, item, Style::Listed));
            }
            Content::Scoring(scoring) => self.scoring(scoring),
            Content::DefaultScoring(parts) => parts.iter().for_each(|(_, scoring)| self.scoring(scoring)),
            Content::Scheme(parts) => {
                parts
                    .iter()
                    .for_each(|(name, _)| self.meant(Kind::First, name, Style::BeforeNumber));
            }
            Content::Condition(expr) => self.expr(expr),
            Content::Cases(cases) => cases.iter().for_each(|case| {
                self.expr(&case.condition);
                self.expr(&case.result);
            }),
            Content::Template(pieces) => pieces.iter().for_each(|piece| {
                if let Piece::Value(expr) = piece {
                    self.expr(expr);
                }
            }),
            Content::Parameter(of) => self.parameter(&self.owner.clone(), of),
            Content::Text(words) if matches!(line.word, Word::Expect | Word::ExpectNot) => {
                self.expected(words)
            }
            _ => {}
        }
    }

    /// 检查／X, 指标／X
    fn path(&mut self, path: &[Words]) {
        let [kind, name, ..] = path else { return };
        let kind = match kind.text.as_str() {
            "指标" | "数据" => Some(Kind::Name),
            word => kind_named(word),
        };
        if let Some(kind) = kind {
            self.meant(kind, name, Style::Listed);
        }
    }

    fn scoring(&mut self, scoring: &Scoring) {
        self.meant(Kind::Standard, &scoring.standard, Style::Listed);
        for argument in &scoring.arguments {
            self.parameter(&scoring.standard.text, argument);
        }
    }

    fn parameter(&mut self, owner: &str, of: &Parameter) {
        let name = parameter(owner, &of.name.text);
        if self.declared.called(Kind::Parameter, &name).is_some() {
            self.put(Kind::Parameter, name, &of.name.text, of.name.span, Style::Formula);
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Path(path) => self.words(path),
            ExprKind::Number(_) | ExprKind::Otherwise => {}
            ExprKind::Call(_, arguments) => arguments.iter().for_each(|argument| self.expr(argument)),
            ExprKind::Not(inner) | ExprKind::Negate(inner) | ExprKind::Has(inner, _) => self.expr(inner),
            ExprKind::Binary(_, left, right) | ExprKind::Interval(left, _, right, _) => {
                self.expr(left);
                self.expr(right);
            }
            ExprKind::Among(inner, choices) => {
                self.expr(inner);
                choices.iter().for_each(|choice| self.expr(choice));
            }
        }
    }

    /// A name of a formula: a 参数, a field, or something declared.
    fn words(&mut self, path: &[Words]) {
        let Some(first) = path.first() else { return };
        if path.len() == 1 && !first.quoted {
            let name = parameter(&self.owner, &first.text);
            if self.declared.called(Kind::Parameter, &name).is_some() {
                self.put(Kind::Parameter, name, &first.text, first.span, Style::Formula);
                return;
            }
        }
        let mut contexts = std::iter::once(self.context).chain(around(self.context).iter().copied());
        let is_text = path.len() == 1 && first.quoted;
        let is_field = !first.quoted && contexts.any(|context| field_type(context, &first.text).is_some());
        if !is_text && !is_field {
            self.meant(Kind::Name, first, Style::Formula);
        }
    }

    /// 应提示：检查／主体
    fn expected(&mut self, words: &Words) {
        let text = &words.text;
        let known = |call: &str| self.declared.called(Kind::Check, call).map(str::to_owned);
        let mut cuts = text.char_indices().filter(|(_, sign)| matches!(sign, '／' | '/'));
        let cut = match known(text) {
            Some(_) => None,
            None => cuts.rfind(|(at, _)| known(&text[..*at]).is_some()),
        };
        let (check, subject) = match cut {
            Some((at, sign)) => (&text[..at], Some(at + sign.len_utf8())),
            None => (text.as_str(), None),
        };
        let part = |from: usize, part: &str| {
            let start = words.span.start as usize + from;
            Span::new(words.span.source, start..start + part.len())
        };
        let (check, subject) = (
            check.to_owned(),
            subject.map(|from| (from, text[from..].to_owned())),
        );
        if let Some(name) = known(&check) {
            self.put(Kind::Check, name, &check, part(0, &check), Style::Plain);
        }
        if let Some((from, subject)) = subject
            && let Some(name) = self.declared.called(Kind::Name, &subject).map(str::to_owned)
        {
            self.put(Kind::Name, name, &subject, part(from, &subject), Style::Plain);
        }
    }

    fn meant(&mut self, kind: Kind, words: &Words, style: Style) {
        if let Some(name) = self.declared.called(kind, &words.text).map(str::to_owned) {
            self.put(kind, name, &words.text, words.span, style);
        }
    }

    fn put(&mut self, kind: Kind, name: String, written: &str, span: Span, style: Style) {
        self.all.push(Place {
            kind,
            name,
            written: written.to_owned(),
            span,
            declares: false,
            style,
        });
    }
}

/// The block of a file that an offset lies in: an opener or a line with its attributes.
pub fn block_at(file: &File, offset: usize) -> Option<&Statement> {
    let end = |statement: &Statement| {
        statement
            .attributes
            .last()
            .map_or(statement.span.end, |last| last.span.end)
    };
    let mut blocks = file.statements.iter();
    blocks.find(|block| block.span.start as usize <= offset && offset <= end(block) as usize)
}

/// The line of a block that an offset lies in.
pub fn line_at(block: &Statement, offset: usize) -> Option<&Statement> {
    let holds = |line: &&Statement| line.span.start as usize <= offset && offset <= line.span.end as usize;
    std::iter::once(block).chain(&block.attributes).find(holds)
}
