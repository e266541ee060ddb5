//! Formulas in one pass, by the same precedence as the grammar's.

use super::Reader;
use crate::syntax::{Expr, ExprKind, Operator, Words};

// What binds loosest has the smallest number, as in `formula::PRECEDENCE`.
const OR: u8 = 10;
const AND: u8 = 20;
const NOT: u8 = 30;
const COMPARE: u8 = 40;
const ADD: u8 = 50;
const MULTIPLY: u8 = 60;
const MINUS: u8 = 70;
const OR_ELSE: u8 = 80;

/// What may follow a value.
enum Next {
    Infix(Operator),
    Has(bool),
    Among,
}

impl Next {
    fn binds(&self) -> u8 {
        match self {
            Next::Infix(Operator::Or) => OR,
            Next::Infix(Operator::And) => AND,
            Next::Infix(Operator::Add | Operator::Subtract) => ADD,
            Next::Infix(Operator::Multiply | Operator::Divide) => MULTIPLY,
            Next::Infix(Operator::OrElse) => OR_ELSE,
            Next::Infix(_) | Next::Has(_) | Next::Among => COMPARE,
        }
    }
}

fn is_open(sign: char) -> bool {
    matches!(sign, '[' | '［' | '【' | '〔' | '(' | '（')
}

fn is_shut(sign: char) -> bool {
    matches!(sign, ']' | '］' | '】' | '〕' | ')' | '）')
}

fn is_round(sign: char) -> bool {
    matches!(sign, '(' | '（' | ')' | '）')
}

fn is_comma(sign: char) -> bool {
    matches!(sign, '，' | ',')
}

fn is_minus(sign: char) -> bool {
    matches!(sign, '-' | '－' | '−' | '﹣')
}

impl Reader<'_> {
    /// A formula.
    pub(super) fn expr(&mut self) -> Option<Expr> {
        self.binding(0, &mut false)
    }

    /// As much of a formula as binds tighter. `compared` holds since the last 并且 or 或者 of these brackets.
    fn binding(&mut self, least: u8, compared: &mut bool) -> Option<Expr> {
        let mut left = self.prefixed(compared)?;
        loop {
            let before = self.at();
            let Some(next) = self.next()?.filter(|next| next.binds() > least) else {
                self.back(before);
                return Some(left);
            };
            left = self.led(left, next, compared)?;
        }
    }

    fn prefixed(&mut self, compared: &mut bool) -> Option<Expr> {
        let start = self.start();
        let (least, negative) = match self.peek()? {
            sign if is_minus(sign) => {
                self.take(is_minus)?;
                (MINUS - 1, true)
            }
            '并' => {
                self.word("并非")?;
                (NOT - 1, false)
            }
            _ => return self.primary(),
        };
        let span = self.span(start);
        let inner = self.binding(least, compared)?;
        let span = span.join(inner.span);
        let kind = match negative {
            true => ExprKind::Negate(Box::new(inner)),
            false => ExprKind::Not(Box::new(inner)),
        };
        Some(Expr { kind, span })
    }

    /// What follows a value; nothing certain where it is a sign that only the grammar knows.
    fn next(&mut self) -> Option<Option<Next>> {
        let Some(sign) = self.peek() else {
            return Some(None);
        };
        let (length, next) = match sign {
            '≥' => (1, Next::Infix(Operator::AtLeast)),
            '≤' => (1, Next::Infix(Operator::AtMost)),
            '≠' => (1, Next::Infix(Operator::Different)),
            '=' | '＝' | '>' | '＞' | '<' | '＜' => (1, Next::Infix(self.single(sign)?)),
            '+' | '＋' => (1, Next::Infix(Operator::Add)),
            '-' | '－' | '−' | '﹣' => (1, Next::Infix(Operator::Subtract)),
            '×' | '*' | '＊' | '✕' => (1, Next::Infix(Operator::Multiply)),
            '÷' | '/' | '／' => (1, Next::Infix(Operator::Divide)),
            '并' | '或' | '包' | '有' | '无' | '若' | '属' => (2, self.in_words()?),
            _ if is_shut(sign) || is_comma(sign) || matches!(sign, '、' | '﹑') => return Some(None),
            _ => return None,
        };
        for _ in 0..length {
            self.take(|_| true)?;
        }
        Some(Some(next))
    }

    /// A comparison of one sign: two signs together are the grammar's.
    fn single(&self, sign: char) -> Option<Operator> {
        let twin = self.rest()[sign.len_utf8()..].starts_with(['=', '＝', '>', '＞']);
        (!twin).then_some(match sign {
            '=' | '＝' => Operator::Equal,
            '>' | '＞' => Operator::Greater,
            _ => Operator::Less,
        })
    }

    fn in_words(&self) -> Option<Next> {
        let known = [
            ("并且", Next::Infix(Operator::And)),
            ("或者", Next::Infix(Operator::Or)),
            ("包含", Next::Infix(Operator::Contains)),
            ("若无", Next::Infix(Operator::OrElse)),
            ("有值", Next::Has(true)),
            ("无值", Next::Has(false)),
            ("属于", Next::Among),
        ];
        let mut known = known.into_iter();
        known
            .find(|(word, _)| self.rest().starts_with(word))
            .map(|(_, next)| next)
    }

    fn led(&mut self, left: Expr, next: Next, compared: &mut bool) -> Option<Expr> {
        match &next {
            Next::Infix(Operator::And | Operator::Or) => *compared = false,
            Next::Infix(operator) if !operator.compares() => {}
            // A second comparison is refused, and the grammar's room says so.
            _ if *compared => return None,
            _ => *compared = true,
        }
        let binds = next.binds();
        match next {
            Next::Infix(operator) => {
                let right = self.binding(binds, compared)?;
                let span = left.span.join(right.span);
                let kind = ExprKind::Binary(operator, Box::new(left), Box::new(right));
                Some(Expr { kind, span })
            }
            Next::Has(has) => {
                let span = left.span.join(self.span(self.at()));
                let kind = ExprKind::Has(Box::new(left), has);
                Some(Expr { kind, span })
            }
            Next::Among => {
                let mut members = vec![self.primary()?];
                let mut end = self.at();
                while self.take(|sign| matches!(sign, '、' | '﹑')).is_some() {
                    members.push(self.primary()?);
                    end = self.at();
                }
                self.back(end);
                let span = left.span.join(self.span(end));
                let kind = ExprKind::Among(Box::new(left), members);
                Some(Expr { kind, span })
            }
        }
    }

    fn primary(&mut self) -> Option<Expr> {
        let start = self.start();
        let sign = self.peek()?;
        if is_open(sign) {
            return self.bracket(start);
        }
        if sign.is_ascii_digit() {
            let amount = self.amount()?;
            let span = amount.span;
            let kind = ExprKind::Number(amount);
            return Some(Expr { kind, span });
        }
        let mut path = self.path()?;
        let end = self.at();
        if path[0].text.starts_with("其") && path[0].text.contains('_') {
            return None; // 其余_ is no name to the grammar
        }
        let single = path.len() == 1 && !path[0].quoted && !self.is_quote_at(start);
        if single && matches!(self.peek(), Some('(' | '（')) {
            let name = path.pop()?;
            return self.call(name, start);
        }
        self.back(end);
        let span = self.span(start);
        let kind = match self.otherwise(&path) && single {
            true => ExprKind::Otherwise,
            false => ExprKind::Path(path),
        };
        Some(Expr { kind, span })
    }

    fn otherwise(&self, path: &[Words]) -> bool {
        let [word] = path else {
            return false;
        };
        let known = [
            "其余",
            "其他",
            "其它",
            "其他情形",
            "其它情形",
            "其他情况",
            "其它情况",
        ];
        let more = |sign: char| sign.is_alphanumeric() || matches!(sign, '.' | '．');
        known.contains(&word.text.as_str()) && !self.rest().starts_with(more)
    }

    fn call(&mut self, name: Words, start: usize) -> Option<Expr> {
        self.take(is_round)?;
        let mut arguments = Vec::new();
        if !self.peek().is_some_and(is_shut) {
            arguments.push(self.expr()?);
            while self.take(is_comma).is_some() {
                arguments.push(self.expr()?);
            }
        }
        self.take(|sign| matches!(sign, ')' | '）'))?;
        let span = self.span(start);
        let kind = ExprKind::Call(name, arguments);
        Some(Expr { kind, span })
    }

    /// With a comma an interval, without it what it holds.
    fn bracket(&mut self, start: usize) -> Option<Expr> {
        let open = self.take(is_open)?;
        let first = self.expr()?;
        let second = match self.take(is_comma) {
            Some(_) => Some(self.expr()?),
            None => None,
        };
        let shut = self.take(is_shut)?;
        let Some(second) = second else {
            return Some(first);
        };
        let span = self.span(start);
        let (low, high) = (Box::new(first), Box::new(second));
        let kind = ExprKind::Interval(low, !is_round(open), high, !is_round(shut));
        Some(Expr { kind, span })
    }
}
