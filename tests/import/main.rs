//! Import from outside: other programs' files, published reports, and files made to do harm.

mod bounds;
mod copies;
mod hostile;
mod program;
mod published;
