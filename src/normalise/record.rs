//! From one form's items to one record.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};

use super::fields::{self, Entries};
use super::method_field::method_field;
use super::{
    certificate, contact_boxes, contact_means, contacts, cover, filler, legend, mark, method,
    method_beside, month, service, ticked_text,
};
use crate::model::{
    Content, DailyRecord, Dialect, Doubt, Field, FileName, Mark, Method, Month, MonthlyRecord,
    RosterEntry, Service, Source, UserMention, WeeklyRecord,
};
use crate::recognise::{Entry, Form, Item, Recognised};
use crate::text::squash;

/// A form with what it takes to read it.
pub struct Sheeted<'a> {
    /// The form.
    pub form: &'a Form,
    /// The file it is in.
    pub file: &'a FileName,
    /// The month that dates without a year belong to.
    pub month: Option<Month>,
    /// The year of the days of a form whose month is not known.
    pub year: Option<i32>,
    /// What the office alone writes.
    pub dialect: &'a Dialect,
}

/// What a form says of its office, its month and its place.
pub struct Heading {
    /// 令和 年 月分, as the form itself gives it.
    pub month: Field<Month>,
    /// 事業所名
    pub office_name: Field<String>,
    /// 事業所番号
    pub office_number: Field<String>,
    /// サービス種別
    pub service: Field<Service>,
    /// 利用形態: whether the day was one at home; `Blank` where it is not answered.
    pub at_home: Field<bool>,
}

impl<'a> Sheeted<'a> {
    /// A form of `book`, whose months are of `year` where none is written.
    pub fn new(book: &'a Recognised, form: &'a Form, year: Option<i32>) -> Self {
        Self {
            form,
            file: &book.file,
            month: month_of(form, &book.file, year),
            year,
            dialect: &book.dialect,
        }
    }

    /// What it says of its office, its month and its place.
    pub fn heading(&self) -> Heading {
        let (office_name, service) = cover::name_and_service(&self.form.entries);
        Heading {
            month: fields::month(self.item(Item::Month), self.month.map(Month::year)),
            office_name,
            office_number: fields::number(self.item(Item::OfficeNumber)),
            service: self.own_word(self.or_titled(service)),
            at_home: self.at_home(),
        }
    }

    /// Whether its line says that the user was at home.
    fn at_home(&self) -> Field<bool> {
        fields::at_home(self.item(Item::Usage), &legend::legend(&self.form.legend))
    }

    /// The service that the form's title names, where nothing else does.
    fn or_titled(&self, service: Field<Service>) -> Field<Service> {
        let title = &self.form.title;
        match service::service(title) {
            Some(named) if service.is_absent() => Field::read(title.clone(), named, None),
            _ => service,
        }
    }

    pub(super) fn item(&self, item: Item) -> Entries<'_> {
        self.form.entries.get(&item)
    }

    pub(super) fn text(&self, item: Item) -> Field<String> {
        fields::text(self.item(item))
    }

    /// A text that must say something.
    fn told(&self, item: Item) -> Field<String> {
        let text = match item.is_free_text() {
            true => ticked_text::text(self.item(item)),
            false => self.text(item),
        };
        filler::told(item, text)
    }

    /// Where the record stands.
    pub fn source(&self) -> Source {
        Source {
            file: self.file.clone(),
            sheet: self.form.sheet.clone(),
            at: Some(self.form.at),
            unread: self.form.unread,
        }
    }

    /// Whom the form names.
    pub(super) fn user(&self) -> UserMention {
        let mut name = self.text(Item::Name);
        let mut number = fields::certificate_number(self.item(Item::CertificateNumber));
        if name.value().is_none() && certificate::beside_name(&number.raw).1.is_some() {
            // One box for both may be known by either.
            name = Field {
                grounds: number.grounds,
                ..Field::read(number.raw.clone(), number.raw.clone(), number.cell)
            };
            number = Field::blank(number.cell);
        }
        if let Content::Value(written) = &name.content {
            let (alone, beside) = certificate::beside_name(written);
            if let Some(beside) = beside.filter(|_| number.value().is_none()) {
                number = Field {
                    grounds: name.grounds,
                    ..Field::read(beside.as_str().to_owned(), beside, name.cell)
                };
            }
            name.content = super::name::content(alone);
        }
        UserMention {
            name,
            certificate_number: number,
            person: Default::default(),
        }
    }

    /// The month that dates without a year lie near.
    pub(super) fn near(&self) -> Option<Month> {
        // From the middle of a year, its own days are the nearest.
        let in_year = || Month::new(self.year?, 7);
        self.month.or_else(in_year).or_else(|| self.own_month())
    }

    /// The month of the form's own date, where it is written with its year: 前回 and 期間 beside
    /// it may leave the year out.
    fn own_month(&self) -> Option<Month> {
        let dated = [Item::Date, Item::DateTime, Item::PeriodTo, Item::PeriodFrom];
        let own = dated.into_iter().find_map(|item| {
            let entries = self.item(item)?;
            match item {
                Item::DateTime => fields::date_time(Some(entries), None).0.get(),
                _ => fields::date(Some(entries), None).get(),
            }
        });
        let by_period = || {
            let (from, to) = fields::period(self.item(Item::Period), None);
            to.get().or(from.get())
        };
        own.or_else(by_period).map(Month::of)
    }

    /// The method, by the common words, else by those of the office; see [`method_field`].
    fn method(&self, printed: &[Method]) -> (Field<Method>, Field<String>) {
        let beside = self.method_beside(printed).map(|entry| vec![entry]);
        let own = self.item(Item::Method).or(beside.as_ref());
        let (mut method, note) = method_field(own, printed);
        let open = method.is_unclear() || method.get() == Some(Method::Other);
        let said = note.text().unwrap_or(&method.raw);
        let said = squash(said).to_lowercase();
        let mut own = self.dialect.methods.iter();
        if open && let Some((_, meant)) = own.find(|(word, _)| said.contains(word.as_str())) {
            method.content = Content::Value(*meant);
        }
        if method.is_unclear() {
            let letters = contact_means::letters(&self.form.legend);
            let meant = letters.get(&said).and_then(|word| method::method(word));
            if let Some(meant) = meant {
                method.content = Content::Value(meant);
            }
        }
        (method, note)
    }

    /// The method of an evaluation whose form has no box for it.
    fn method_beside(&self, printed: &[Method]) -> Option<Entry> {
        let has_box = self.item(Item::Method).is_some();
        let is_evaluation = printed == Method::OF_EVALUATION;
        let items = [Item::DateTime, Item::Date, Item::Time];
        let behind = || method_beside::behind(&items.map(|item| self.item(item)));
        (is_evaluation && !has_box).then(behind).flatten()
    }

    /// The kind of service that the office's own word for it means.
    fn own_word(&self, mut service: Field<Service>) -> Field<Service> {
        let said = squash(&service.raw).to_lowercase();
        if service.is_unclear()
            && let Some(meant) = self.dialect.services.get(&said)
        {
            service.content = Content::Value(*meant);
        }
        service
    }

    pub(super) fn times(&self) -> (Field<NaiveTime>, Field<NaiveTime>) {
        match self.item(Item::Time) {
            Some(_) => fields::time_range(self.item(Item::Time)),
            None => (
                fields::time(self.item(Item::Start)),
                fields::time(self.item(Item::End)),
            ),
        }
    }

    fn date_and_times(&self) -> (Field<NaiveDate>, Field<NaiveTime>, Field<NaiveTime>) {
        match (self.item(Item::Date), self.item(Item::DateTime)) {
            (None, Some(both)) => fields::date_time(Some(both), self.near()),
            (date, _) => {
                let (start, end) = self.times();
                let day = fields::date(date, self.near());
                let is_timed = written(&start) || written(&end);
                // The box of the date may hold the times too.
                let both = (day.is_unclear() && !is_timed)
                    .then(|| fields::date_time(date, self.near()))
                    .filter(|(day, start, end)| {
                        day.value().is_some() && start.value().is_some() && end.value().is_some()
                    });
                both.unwrap_or((day, start, end))
            }
        }
    }

    /// 参考様式2: one day at home; `None` for an unfilled form and for a day not at home.
    pub fn daily(&self) -> Option<DailyRecord> {
        let (mut date, start, end) = self.date_and_times();
        let is_unclear = fields::is_at_home_unclear(self.item(Item::Usage));
        if is_unclear {
            date.doubts.push(Doubt::SeveralChoices);
        }
        let (mut method, method_note) = self.method(&Method::OF_SUPPORT);
        let written_boxes = self.item(Item::Contact);
        let told = written_boxes.map(|boxes| {
            let letters = contact_means::letters(&self.form.legend);
            contact_means::of(boxes, &letters)
        });
        let (told, means) = told.unzip();
        if let Some(means) = means.flatten().filter(|_| !written(&method)) {
            method = Field::read(means.raw, means.method, Some(means.cell));
            let several = means.several.then_some(Doubt::SeveralChoices);
            method.doubts.extend(several);
        }
        let boxes = told.as_ref();
        let apart = boxes.map(|boxes| contact_boxes::apart(boxes));
        let apart = apart.unwrap_or_default();
        let support = match (self.item(Item::Support), boxes) {
            (None, Some(boxes)) => Field {
                raw: contact_boxes::joined(written_boxes).raw,
                ..contact_boxes::joined(Some(boxes))
            },
            (Some(text), Some(boxes)) if !apart.is_empty() => {
                contact_boxes::joined(Some(&[boxes.as_slice(), text].concat()))
            }
            // What is only guessed to be the whole text may be one contact more.
            (Some(text), Some(boxes)) if text.iter().all(contact_boxes::is_guessed) => {
                let mut all = [boxes.as_slice(), text].concat();
                all.sort_by_key(|entry| entry.home);
                contact_boxes::joined(Some(&all))
            }
            _ => self.text(Item::Support),
        };
        let mut contacts = match (apart.is_empty(), support.text()) {
            (false, _) => contacts::each(&apart, start.get(), end.get()),
            (true, text) => text
                .map(|text| contacts::contacts(text, start.get(), end.get()))
                .unwrap_or_default(),
        };
        // The box of what came between may stand behind that of the end.
        let in_boxes = self.item(Item::Support).is_none();
        if in_boxes && contacts.iter().all(|contact| contact.time.is_some()) {
            contacts.sort_by_key(|contact| contact.time);
        }
        let record = DailyRecord {
            user: self.user(),
            date,
            start,
            end,
            method,
            method_note,
            work: self.told(Item::Work),
            support,
            contacts,
            condition_and_advice: self.told(Item::Condition),
            recorder: self.told(Item::Recorder),
            source: self.source(),
        };
        // A printed date alone is a line of the form that nobody has filled.
        let texts = [&record.work, &record.support, &record.condition_and_advice];
        let filled = texts.into_iter().any(written)
            || written(&record.date)
                && (written(&record.start) || written(&record.end) || written(&record.method));
        match self.at_home().get() {
            Some(at_home) => at_home.then_some(record),
            None if self.is_spent_elsewhere() => None,
            None if self.is_day_off(&record) && !is_unclear => None,
            None => (filled || is_unclear).then_some(record),
        }
    }

    /// Whether a line of a table leaves open where the user was, and has one text and nothing more:
    /// スポーツの日 in a calendar of the whole month.
    fn is_day_off(&self, record: &DailyRecord) -> bool {
        const LONGEST: usize = 12;
        let is_open = self.form.table.is_some() && self.item(Item::Usage).is_some();
        let is_name = |text: &str| text.chars().count() <= LONGEST && !text.contains('。');
        let texts = [
            &record.support,
            &record.condition_and_advice,
            &record.recorder,
        ];
        is_open
            && !texts.into_iter().any(written)
            && !(written(&record.start) || written(&record.end) || written(&record.method))
            && record.contacts.is_empty()
            && record.work.value().is_none_or(|work| is_name(work))
    }

    /// Whether all that a line of a table says of its day is that it was none at home: （通所）,
    /// 欠席 or 祝日のため休み where the work would stand.
    fn is_spent_elsewhere(&self) -> bool {
        let is_said = |item: &Item| {
            !matches!(item, Item::Date | Item::Notes | Item::Ignored) && !item.is_heading()
        };
        let said = self.form.entries.iter().filter(|(item, _)| is_said(item));
        let words = said.flat_map(|(_, entries)| entries.iter().flat_map(|e| &e.words));
        let texts: BTreeSet<String> = words
            .map(|word| squash(&word.text))
            .filter(|text| !text.is_empty())
            .collect();
        let is_elsewhere = |text: &String| {
            let sign = text.trim_matches(['(', ')', '[', ']']);
            let marked = mark::mark(sign, &legend::Legend::new());
            marked.is_ok_and(|it| matches!(it.support, None | Some(Mark::Attendance)))
                || mark::says_no_support(sign)
        };
        self.form.table.is_some() && !texts.is_empty() && texts.iter().all(is_elsewhere)
    }

    /// 参考様式2-2 評価: one week; `None` for an unfilled form.
    pub fn weekly(&self) -> Option<WeeklyRecord> {
        let (method, method_note) = self.method(&Method::OF_EVALUATION);
        let (period_from, period_to) = match self.item(Item::Period) {
            Some(_) => fields::period(self.item(Item::Period), self.near()),
            None => (
                fields::date(self.item(Item::PeriodFrom), self.near()),
                fields::date(self.item(Item::PeriodTo), self.near()),
            ),
        };
        let record = WeeklyRecord {
            user: self.user(),
            date: self.date_and_times().0,
            previous_date: fields::date(self.item(Item::PreviousDate), self.near()),
            method,
            method_note,
            period_from,
            period_to,
            content: self.told(Item::Content),
            recorder: self.told(Item::Recorder),
            confirmer: self.told(Item::Confirmer),
            source: self.source(),
        };
        let filled = written(&record.date)
            || written(&record.content)
            || written(&record.period_from)
            || written(&record.period_to);
        filled.then_some(record)
    }

    /// 参考様式3: one month; `None` for an unfilled form.
    pub fn monthly(&self) -> Option<MonthlyRecord> {
        let (date, start, end) = self.date_and_times();
        let (method, method_note) = self.method(&Method::OF_EVALUATION);
        let mut month = fields::month(self.item(Item::Month), self.month.map(Month::year));
        if month.is_absent()
            && let Some(named) = self.month
        {
            month = Field::read(named.to_string(), named, None);
        }
        let record = MonthlyRecord {
            user: self.user(),
            month,
            date,
            start,
            end,
            method,
            method_note,
            goal: self.told(Item::Goal),
            effort: self.told(Item::Effort),
            achievement: self.told(Item::Achievement),
            issues: self.told(Item::Issues),
            improvement: self.told(Item::Improvement),
            health: self.told(Item::Health),
            remarks: self.text(Item::Remarks),
            continuation: self.told(Item::Continuation),
            evaluator: self.told(Item::Evaluator),
            previous_date: fields::date(self.item(Item::PreviousDate), self.near()),
            signature: self.told(Item::Signature),
            source: self.source(),
        };
        let texts = [
            &record.goal,
            &record.effort,
            &record.achievement,
            &record.issues,
            &record.improvement,
            &record.continuation,
        ];
        let filled = written(&record.date) || texts.into_iter().any(written);
        filled.then_some(record)
    }

    /// 参考様式1: one line of the roster; `None` for an empty line and for a user not at home.
    pub fn roster(&self) -> Option<RosterEntry> {
        let on = |item| fields::date(self.item(item), self.near());
        let (grant_from, grant_to) = match (
            self.item(Item::GrantFrom),
            self.item(Item::GrantTo),
            self.item(Item::Grant),
        ) {
            (None, None, Some(_)) => fields::period(self.item(Item::Grant), None),
            (from, _, _) => {
                let (start, end) = (on(Item::GrantFrom), on(Item::GrantTo));
                let both = fields::period(from, None);
                // The whole period may stand in the box of its first day.
                match (&both.0.content, &both.1.content) {
                    (Content::Value(_), Content::Value(_)) if end.is_blank() => both,
                    _ => (start, end),
                }
            }
        };
        let (home_weekdays, commute_weekdays) = fields::weekdays_of_places(
            self.item(Item::HomeWeekdays),
            self.item(Item::CommuteWeekdays),
        );
        let record = RosterEntry {
            user: self.user(),
            service: self.heading().service,
            municipality: self.text(Item::Municipality),
            grant_from,
            grant_to,
            annotated_on: on(Item::AnnotatedOn),
            consented_on: on(Item::ConsentedOn),
            applied_on: on(Item::AppliedOn),
            plan_created_on: on(Item::PlanCreatedOn),
            home_start: on(Item::HomeStart),
            home_end: on(Item::HomeEnd),
            home_weekdays,
            commute_weekdays,
            reason: self.told(Item::Reason),
            approved_on: on(Item::ApprovedOn),
            home_checked_on: on(Item::HomeCheckedOn),
            notes: self.text(Item::Notes),
            source: self.source(),
        };
        let named = written(&record.user.name) || written(&record.user.certificate_number);
        // A ledger of all users says － of those who are not at home, and nothing more of it.
        let is_elsewhere = self.at_home().get() == Some(false);
        let days = [
            &record.annotated_on,
            &record.consented_on,
            &record.applied_on,
            &record.home_start,
        ];
        let is_of_home = days.into_iter().any(written) || written(&record.home_weekdays);
        (named && (is_of_home || !is_elsewhere)).then_some(record)
    }
}

/// The month that a form speaks of: its own entry, else its title, sheet or file name.
/// `year` is that of names without one.
pub fn month_of(form: &Form, file: &str, year: Option<i32>) -> Option<Month> {
    let own = fields::month(form.entries.get(&Item::Month), None);
    let stem = file.rsplit('/').next().unwrap_or(file);
    let names = [form.title.as_str(), &form.sheet, stem];
    own.get()
        .or_else(|| names.iter().find_map(|name| month::month(name, None)))
        .or_else(|| {
            // A sheet called 9月 takes its year from the file's or the folder's name.
            let year = file
                .rsplit('/')
                .find_map(|part| month::month(part, None))
                .map(Month::year)
                .or(year);
            names.iter().find_map(|name| month::month(name, year))
        })
}

/// Whether anything is written, understood or not.
pub(super) fn written<T>(field: &Field<T>) -> bool {
    field.value().is_some() || field.is_unclear()
}
