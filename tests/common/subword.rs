//! Small MeCab dictionaries and SentencePiece models, described in TOML and written in the programs' own
//! formats, so that no binary lies in the repository.

use std::collections::BTreeMap;
use std::path::Path;

use bleuprint::tokenize::MecabFiles;
use serde::Deserialize;

/// `fixtures/golden/subword.toml`.
#[derive(Deserialize)]
pub(crate) struct Golden {
    pub(crate) dictionary: Vec<Dictionary>,
    pub(crate) model: Vec<Model>,
}

impl Golden {
    pub(crate) fn read() -> Self {
        toml::from_str(include_str!("../../fixtures/golden/subword.toml")).expect("it is a table")
    }
}

/// A text and its tokens.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Case {
    pub(crate) text: String,
    pub(crate) tokens: Vec<String>,
}

/// A dictionary of words, categories of characters, and costs.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Dictionary {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) korean: bool,
    /// Surface, left context, right context, class, cost.
    pub(crate) words: Vec<(String, u16, u16, u16, i16)>,
    /// By right context of the word before, then left context.
    pub(crate) matrix: Vec<Vec<i16>>,
    pub(crate) categories: Vec<Category>,
    #[serde(default)]
    pub(crate) penalties: Vec<(u16, i32)>,
    #[serde(default)]
    pub(crate) case: Vec<Case>,
}

/// A category of characters.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Category {
    pub(crate) name: String,
    pub(crate) length: u32,
    pub(crate) group: bool,
    pub(crate) invoke: bool,
    /// Pairs of first and last character; a later category wins, and keeps those before as further ones.
    pub(crate) chars: String,
    /// Left context, right context, class, cost.
    pub(crate) unknown: Vec<(u16, u16, u16, i16)>,
}

impl Dictionary {
    pub(crate) fn files(&self) -> MecabFiles {
        let contexts = (self.matrix.len() as u32, self.matrix[0].len() as u32);
        let unknown = self.categories.iter().flat_map(|category| {
            let entry = |(left, right, class, cost): &(u16, u16, u16, i16)| {
                (category.name.clone(), *left, *right, *class, *cost)
            };
            category.unknown.iter().map(entry)
        });
        MecabFiles {
            sys: lexicon(&self.words, 0, contexts),
            unk: lexicon(&unknown.collect::<Vec<_>>(), 2, contexts),
            matrix: self.matrix_file(),
            char: self.char_file(),
            dicrc: self.dicrc().into_bytes(),
        }
    }

    /// Writes the files into a folder, for MeCab.
    pub(crate) fn write(&self, folder: &Path) {
        let MecabFiles { sys, unk, matrix, char, dicrc } = self.files();
        std::fs::create_dir_all(folder).expect("a folder can be made");
        for (name, bytes) in [
            ("sys.dic", sys),
            ("unk.dic", unk),
            ("matrix.bin", matrix),
            ("char.bin", char),
            ("dicrc", dicrc),
            ("mecabrc", Vec::new()),
        ] {
            std::fs::write(folder.join(name), bytes).expect("a file can be written");
        }
    }

    fn matrix_file(&self) -> Vec<u8> {
        let lefts = self.matrix[0].len();
        let mut file = [self.matrix.len() as u16, lefts as u16].map(u16::to_le_bytes).concat();
        for left in 0..lefts {
            file.extend(self.matrix.iter().flat_map(|row| row[left].to_le_bytes()));
        }
        file
    }

    fn char_file(&self) -> Vec<u8> {
        let bits = |category: &Category, index: usize| {
            (1 << index)
                | (index as u32) << 18
                | category.length << 26
                | u32::from(category.group) << 30
                | u32::from(category.invoke) << 31
        };
        let mut infos = vec![bits(&self.categories[0], 0); 0xffff];
        for (index, category) in self.categories.iter().enumerate() {
            let chars: Vec<char> = category.chars.chars().collect();
            for pair in chars.chunks(2) {
                for info in &mut infos[pair[0] as usize..=pair[1] as usize] {
                    let others = if *info & 1 == 1 { 0 } else { *info & 0x3_ffff };
                    *info = bits(category, index) | others;
                }
            }
        }
        let mut file = (self.categories.len() as u32).to_le_bytes().to_vec();
        for category in &self.categories {
            let mut name = category.name.clone().into_bytes();
            name.resize(32, 0);
            file.extend(name);
        }
        file.extend(infos.into_iter().flat_map(u32::to_le_bytes));
        file
    }

    fn dicrc(&self) -> String {
        let mut text = "cost-factor = 800\nbos-feature = BOS/EOS\n".to_owned();
        if !self.penalties.is_empty() {
            let pairs: Vec<String> =
                self.penalties.iter().map(|(class, cost)| format!("{class},{cost}")).collect();
            text.push_str(&format!("left-space-penalty-factor = {}\n", pairs.join(",")));
        }
        text
    }
}

/// `sys.dic` or `unk.dic`.
fn lexicon(words: &[(String, u16, u16, u16, i16)], kind: u32, contexts: (u32, u32)) -> Vec<u8> {
    let mut by_surface: BTreeMap<&[u8], Vec<u8>> = BTreeMap::new();
    for (surface, left, right, class, cost) in words {
        let entry = by_surface.entry(surface.as_bytes()).or_default();
        entry.extend([*left, *right, *class].into_iter().flat_map(u16::to_le_bytes));
        entry.extend(cost.to_le_bytes());
        entry.extend([0; 8]);
    }
    let (mut entries, mut keys) = (Vec::new(), Vec::new());
    for (surface, bytes) in by_surface {
        keys.push((surface, ((entries.len() / 16) << 8) | (bytes.len() / 16)));
        entries.extend(bytes);
    }
    let trie = double_array(&keys);
    let features = b"*\0";
    let total = 72 + trie.len() + entries.len() + features.len();
    let sizes = [trie.len(), entries.len(), features.len()].map(|size| size as u32);
    let mut file: Vec<u8> = [total as u32 ^ 0xef71_8f77, 102, kind, words.len() as u32]
        .into_iter()
        .chain([contexts.0, contexts.1])
        .chain(sizes)
        .chain([0])
        .flat_map(u32::to_le_bytes)
        .collect();
    file.extend(b"utf-8");
    file.resize(72, 0);
    [file, trie, entries, features.to_vec()].concat()
}

/// The trie of sorted keys: the children of a node with base b stand at b + byte + 1 and its value at b, all with
/// b as check.
fn double_array(keys: &[(&[u8], usize)]) -> Vec<u8> {
    let mut units = vec![(0_i32, 0_u32); 1];
    let mut taken = vec![true];
    let mut open = vec![(0, keys, 0)];
    while let Some((node, keys, depth)) = open.pop() {
        let ends = keys.first().is_some_and(|(key, _)| key.len() == depth);
        let inner = if ends { &keys[1..] } else { keys };
        let groups: Vec<&[(&[u8], usize)]> =
            inner.chunk_by(|a, b| a.0[depth] == b.0[depth]).collect();
        let places: Vec<usize> =
            groups.iter().map(|group| usize::from(group[0].0[depth]) + 1).collect();
        let free = |place: usize| !taken.get(place).copied().unwrap_or(false);
        let base = (1..)
            .find(|base| free(*base) && places.iter().all(|place| free(base + place)))
            .expect("there is room");
        let end = base + 258;
        if units.len() < end {
            units.resize(end, (0, 0));
            taken.resize(end, false);
        }
        units[node].0 = base as i32;
        taken[base] = true;
        if ends {
            units[base] = (-(keys[0].1 as i32) - 1, base as u32);
        }
        for (group, place) in groups.into_iter().zip(places) {
            taken[base + place] = true;
            units[base + place].1 = base as u32;
            open.push((base + place, group, depth + 1));
        }
    }
    units
        .iter()
        .flat_map(|(base, check)| [base.to_le_bytes(), check.to_le_bytes()].concat())
        .collect()
}

/// A SentencePiece model.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Model {
    pub(crate) name: String,
    /// unigram, bpe, word or char.
    pub(crate) kind: String,
    /// Text, score, and normal, unknown, control, user, unused or byte.
    pub(crate) pieces: Vec<(String, f32, String)>,
    #[serde(default)]
    pub(crate) byte_fallback: bool,
    #[serde(default)]
    pub(crate) suffix: bool,
    #[serde(default = "yes")]
    pub(crate) dummy_prefix: bool,
    #[serde(default = "yes")]
    pub(crate) remove_extra: bool,
    #[serde(default = "yes")]
    pub(crate) escape: bool,
    /// What is replaced by what.
    #[serde(default)]
    pub(crate) rules: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) case: Vec<Case>,
}

fn yes() -> bool {
    true
}

impl Model {
    /// The model file.
    pub(crate) fn file(&self) -> Vec<u8> {
        let mut pieces = self.pieces.clone();
        if self.byte_fallback {
            pieces.extend((0..256).map(|byte| (format!("<0x{byte:02X}>"), 0.0, "byte".to_owned())));
        }
        let mut file = Vec::new();
        for (text, score, kind) in &pieces {
            let mut piece = Vec::new();
            put_bytes(&mut piece, 1, text.as_bytes());
            piece.push(2 << 3 | 5);
            piece.extend(score.to_le_bytes());
            let kinds = ["normal", "unknown", "control", "user", "unused", "byte"];
            let kind = kinds.iter().position(|name| name == kind).expect("a kind of piece");
            put_number(&mut piece, 3, kind as u64 + 1);
            put_bytes(&mut file, 1, &piece);
        }
        let kinds = ["unigram", "bpe", "word", "char"];
        let kind = kinds.iter().position(|name| *name == self.kind).expect("a kind of model");
        let mut trainer = Vec::new();
        put_number(&mut trainer, 3, kind as u64 + 1);
        put_number(&mut trainer, 24, u64::from(self.suffix));
        put_number(&mut trainer, 35, u64::from(self.byte_fallback));
        put_bytes(&mut file, 2, &trainer);
        let mut normalizer = Vec::new();
        put_bytes(&mut normalizer, 2, &self.charsmap());
        put_number(&mut normalizer, 3, u64::from(self.dummy_prefix));
        put_number(&mut normalizer, 4, u64::from(self.remove_extra));
        put_number(&mut normalizer, 5, u64::from(self.escape));
        put_bytes(&mut file, 3, &normalizer);
        file
    }

    /// The rules as a trie in which every node has a block of 256 places for its children.
    fn charsmap(&self) -> Vec<u8> {
        if self.rules.is_empty() {
            return Vec::new();
        }
        let mut pool = Vec::new();
        let rules: Vec<(&[u8], u32)> = self
            .rules
            .iter()
            .map(|(from, to)| {
                let place = pool.len() as u32;
                pool.extend(to.as_bytes());
                pool.push(0);
                (from.as_bytes(), place)
            })
            .collect();
        let mut units = vec![0_u32; 256];
        let mut open = vec![(0, rules.as_slice(), 0)];
        while let Some((node, rules, depth)) = open.pop() {
            let block = units.len();
            units.resize(block + 256, 0);
            units[node] |= ((node ^ block) as u32) << 10;
            let ends = rules.first().is_some_and(|(from, _)| from.len() == depth);
            if ends {
                units[node] |= 1 << 8;
                units[block] = 1 << 31 | rules[0].1;
            }
            let inner = if ends { &rules[1..] } else { rules };
            for group in inner.chunk_by(|a, b| a.0[depth] == b.0[depth]) {
                let byte = group[0].0[depth];
                units[block + usize::from(byte)] = u32::from(byte);
                open.push((block + usize::from(byte), group, depth + 1));
            }
        }
        let size = (units.len() * 4) as u32;
        let units = units.into_iter().flat_map(u32::to_le_bytes);
        size.to_le_bytes().into_iter().chain(units).chain(pool).collect()
    }
}

fn put_varint(out: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn put_number(out: &mut Vec<u8>, field: u64, number: u64) {
    put_varint(out, field << 3);
    put_varint(out, number);
}

fn put_bytes(out: &mut Vec<u8>, field: u64, bytes: &[u8]) {
    put_varint(out, field << 3 | 2);
    put_varint(out, bytes.len() as u64);
    out.extend(bytes);
}
