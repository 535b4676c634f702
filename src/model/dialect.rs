//! What an office alone writes, as its profile explains it.

use std::collections::BTreeMap;

use super::{Mark, Method, Service};

/// Signs and words of one office, compared without white space and in small letters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dialect {
    /// Signs of 実施一覧表; `None` for a day without support. They count before any legend.
    pub marks: BTreeMap<String, Option<Mark>>,
    /// Names of methods of support that are not generally known.
    pub methods: BTreeMap<String, Method>,
    /// Words for kinds of service that are not generally known.
    pub services: BTreeMap<String, Service>,
    /// The office's name, where its forms do not tell it apart from other words.
    pub office: Option<String>,
    /// 事業所番号, ten digits, where the forms do not tell it.
    pub number: Option<String>,
    /// サービス種別, where the forms do not tell it.
    pub service: Option<Service>,
    /// The year of months that are written without one.
    pub year: Option<i32>,
}
