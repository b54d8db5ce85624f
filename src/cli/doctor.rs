//! `nianbao doctor`: its arguments; the work is done where the terminal is (`app::doctor`).

#[derive(clap::Args)]
pub(super) struct DoctorArgs {
    #[arg(long, help = "再逐个试按键，看哪些到不了")]
    pub(super) keys: bool,
}
