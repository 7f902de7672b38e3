//! Links the command at a fixed address where the linker is known to: sixteen thousand pointers in its tables would be
//! relocated at each start, a quarter of the time that it takes. The price is that the program's own code is not placed
//! at random; libraries, stack and heap still are.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |key: &str| env::var(format!("CARGO_CFG_TARGET_{key}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" && target("ARCH") == "x86_64" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
