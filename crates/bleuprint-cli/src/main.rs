//! The command `bleuprint`.

fn main() {}
