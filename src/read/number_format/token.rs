//! The words of a number format.

/// One of the parts between semicolons.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Section {
    pub(super) tokens: Vec<Token>,
    pub(super) condition: Option<Condition>,
    /// Whether it is the section before the first semicolon.
    pub(super) is_first: bool,
    /// `[$-411]` and the like: the words of the calendar are Japanese.
    pub(super) japanese: bool,
    /// `[$-ja-JP-x-gannen]`: the first year of an era is 元.
    pub(super) first_year_by_name: bool,
}

/// One word of a section.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// Shown as it is.
    Literal(String),
    /// The number as in a cell without a format.
    General,
    /// `@`
    Text,
    /// `0`, `#` or `?`
    Digit(char),
    /// The decimal point.
    Point,
    /// `,` between or after digits.
    Comma,
    /// `%`
    Percent,
    /// `E+` or `E-`; whether a plus is shown.
    Exponent(bool),
    /// `yyyy`, `e`, `ggg`, `mm`, `d`, `aaa`, `h`, `ss` …: letter and length.
    Calendar(char, usize),
    /// `mm` next to hours or seconds.
    Minutes(usize),
    /// `[h]`, `[mm]`, `[s]`: all of the time in one unit.
    Elapsed(char, usize),
    /// `.0` after seconds: decimals.
    Fraction(usize),
    /// `AM/PM` or `A/P`; whether the short form.
    HalfDay(bool),
}

/// `[>=100]`
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Condition {
    less: bool,
    equal: bool,
    greater: bool,
    bound: f64,
}

impl Condition {
    pub(super) fn holds(self, number: f64) -> bool {
        (self.less && number < self.bound)
            || (self.equal && number == self.bound)
            || (self.greater && number > self.bound)
    }

    fn parse(text: &str) -> Option<Self> {
        let bound = text.trim_start_matches(['<', '>', '=']);
        let operator = text.strip_suffix(bound)?;
        if operator.is_empty() {
            return None;
        }
        Some(Self {
            less: operator.contains('<'),
            equal: operator.contains('='),
            greater: operator.contains('>'),
            bound: bound.trim().parse().ok()?,
        })
    }
}

impl Token {
    /// Whether it shows a part of a date or time.
    pub(super) fn is_moment(&self) -> bool {
        matches!(
            self,
            Self::Calendar(..) | Self::Minutes(_) | Self::Elapsed(..) | Self::HalfDay(_)
        )
    }

    /// Whether it shows a part of a date.
    pub(super) fn is_date(&self) -> bool {
        matches!(self, Self::Calendar(letter, _) if !matches!(letter, 'h' | 's'))
    }
}

/// The sections of a format code, at least one.
pub(super) fn parse(code: &str) -> Vec<Section> {
    // The machine's own long date and time: what is written beside the mark does not count.
    let upper = code.to_ascii_uppercase();
    let code = if upper.contains("[$-F800]") {
        "yyyy\"年\"m\"月\"d\"日\""
    } else if upper.contains("[$-F400]") {
        "h:mm:ss"
    } else {
        code
    };
    let chars: Vec<char> = code.chars().collect();
    let mut sections = Vec::new();
    let mut section = Section {
        is_first: true,
        ..Section::default()
    };
    let mut rest = chars.as_slice();
    while let [c, after @ ..] = rest {
        if *c == ';' {
            sections.push(std::mem::take(&mut section).finished());
            rest = after;
        } else {
            rest = section.read(rest);
        }
    }
    sections.push(section.finished());
    sections
}

impl Section {
    /// Reads one word from the start of `text`, and returns what follows it.
    fn read<'a>(&mut self, text: &'a [char]) -> &'a [char] {
        let [c, after @ ..] = text else {
            return text;
        };
        if let Some(rest) = self.read_word(text) {
            return rest;
        }
        match c {
            '"' => {
                let (quoted, rest) = split_at(after, '"');
                self.literal(quoted.iter());
                rest
            }
            '[' => {
                let (inside, rest) = split_at(after, ']');
                self.bracket(&inside.iter().collect::<String>());
                rest
            }
            '\\' | '!' => {
                self.literal(after.iter().take(1));
                after.get(1..).unwrap_or(&[])
            }
            // As wide as the next character.
            '_' => {
                self.literal([' '].iter());
                after.get(1..).unwrap_or(&[])
            }
            // Filled with the next character.
            '*' => after.get(1..).unwrap_or(&[]),
            '@' => self.push(Token::Text, after),
            '0' | '#' | '?' => self.push(Token::Digit(*c), after),
            '.' => self.push(Token::Point, after),
            ',' => self.push(Token::Comma, after),
            '%' => self.push(Token::Percent, after),
            _ => {
                let letter = c.to_ascii_lowercase();
                if matches!(letter, 'y' | 'e' | 'g' | 'm' | 'd' | 'a' | 'h' | 's') {
                    let length = text
                        .iter()
                        .take_while(|other| other.eq_ignore_ascii_case(c))
                        .count();
                    let rest = text.get(length..).unwrap_or(&[]);
                    return self.push(Token::Calendar(letter, length), rest);
                }
                self.literal([*c].iter());
                after
            }
        }
    }

    /// Words of more than one kind of letter.
    fn read_word<'a>(&mut self, text: &'a [char]) -> Option<&'a [char]> {
        for (word, token) in [
            ("General", Token::General),
            ("G/標準", Token::General),
            ("E+", Token::Exponent(true)),
            ("E-", Token::Exponent(false)),
            ("AM/PM", Token::HalfDay(false)),
            ("A/P", Token::HalfDay(true)),
        ] {
            let length = word.chars().count();
            let matches = text.get(..length).is_some_and(|start| {
                start
                    .iter()
                    .zip(word.chars())
                    .all(|(a, b)| a.eq_ignore_ascii_case(&b))
            });
            if matches {
                return Some(self.push(token, text.get(length..).unwrap_or(&[])));
            }
        }
        None
    }

    fn push<'a>(&mut self, token: Token, rest: &'a [char]) -> &'a [char] {
        self.tokens.push(token);
        rest
    }

    fn literal<'a>(&mut self, chars: impl Iterator<Item = &'a char>) {
        match self.tokens.last_mut() {
            Some(Token::Literal(literal)) => literal.extend(chars),
            _ => self.tokens.push(Token::Literal(chars.collect())),
        }
    }

    fn bracket(&mut self, inside: &str) {
        let lower = inside.to_ascii_lowercase();
        if let Some(locale) = lower.strip_prefix('$') {
            let (currency, locale) = locale.split_once('-').unwrap_or((locale, ""));
            self.literal(currency.chars().collect::<Vec<_>>().iter());
            self.japanese |= locale.ends_with("411") || locale.starts_with("ja");
            self.first_year_by_name |= locale.contains("gannen");
        } else if let Some(condition) = Condition::parse(&lower) {
            self.condition = Some(condition);
        } else if let Some(unit) = lower.chars().next()
            && matches!(unit, 'h' | 'm' | 's')
            && lower.chars().all(|c| c == unit)
        {
            self.tokens.push(Token::Elapsed(unit, lower.len()));
        }
    }

    /// Tells minutes from months and decimals of seconds from points.
    fn finished(mut self) -> Self {
        let is_time = |token: &Token, letter: char| match token {
            Token::Calendar(other, _) | Token::Elapsed(other, _) => *other == letter,
            _ => false,
        };
        let calendar: Vec<usize> = (0..self.tokens.len())
            .filter(|&i| self.tokens[i].is_moment() && !matches!(self.tokens[i], Token::HalfDay(_)))
            .collect();
        for (place, &i) in calendar.iter().enumerate() {
            let Token::Calendar('m', length @ 1..=2) = self.tokens[i] else {
                continue;
            };
            let before = place.checked_sub(1).and_then(|p| calendar.get(p));
            let after = calendar.get(place + 1);
            if before.is_some_and(|&b| is_time(&self.tokens[b], 'h'))
                || after.is_some_and(|&a| is_time(&self.tokens[a], 's'))
            {
                self.tokens[i] = Token::Minutes(length);
            }
        }
        let mut tokens: Vec<Token> = Vec::with_capacity(self.tokens.len());
        let mut rest = self.tokens.into_iter().peekable();
        while let Some(token) = rest.next() {
            let after_seconds = tokens.last().is_some_and(|last| is_time(last, 's'));
            if token == Token::Point && after_seconds {
                let mut length = 0;
                while rest.next_if_eq(&Token::Digit('0')).is_some() {
                    length += 1;
                }
                if length > 0 {
                    tokens.push(Token::Fraction(length));
                    continue;
                }
            }
            tokens.push(token);
        }
        Self { tokens, ..self }
    }
}

/// What stands before the next `end`, and what follows it.
fn split_at(text: &[char], end: char) -> (&[char], &[char]) {
    match text.iter().position(|c| *c == end) {
        Some(place) => (
            text.get(..place).unwrap_or(&[]),
            text.get(place + 1..).unwrap_or(&[]),
        ),
        None => (text, &[]),
    }
}
