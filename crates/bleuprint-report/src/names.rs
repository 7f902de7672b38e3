//! Names that are paths, as short as they can be.

/// The folder that all paths begin with, up to and with its slash.
pub fn common_folder<'n>(names: &[&'n str]) -> &'n str {
    let Some((first, others)) = names.split_first() else { return "" };
    let folders = first.match_indices('/').map(|(at, _)| &first[..=at]);
    let shared =
        |folder: &&str| others.iter().all(|other| other.starts_with(folder) && other != folder);
    folders.rev().filter(|folder| folder != first).find(shared).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_paths_begin_with() {
        assert_eq!(common_folder(&["a/b/c", "a/b/d/e"]), "a/b/");
        assert_eq!(common_folder(&["a/b", "ab"]), "");
        assert_eq!(common_folder(&["a/b/"]), "a/");
        assert_eq!(common_folder(&[]), "");
    }
}
