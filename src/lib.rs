//! nianbao (年报): an editor and checker for the 政府信息公开工作年度报告.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod app;

pub mod check;

pub mod cli;

pub mod draft;

pub mod edit;

pub mod editor;

pub mod form;

pub mod export;

pub mod import;

pub mod merge;

pub mod rollup;

pub mod store;

pub mod ui;
