//! Nothing typed is lost: the real program killed, hung up, out of disk, opened twice, fed with
//! hostile bytes. Each test has a home and a folder of its own.

mod bounds;
mod crash;
mod hostile;
mod journal;
mod killed;
mod lives;
mod offered;
mod refused;
mod script;
mod session;
mod strange;
mod swept;
mod two;
mod unlocked;
mod unprotected;
mod versions;
