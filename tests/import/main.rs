//! Import from outside: other programs' files, published reports, and files made to do harm.

mod copies;
mod hostile;
mod published;
