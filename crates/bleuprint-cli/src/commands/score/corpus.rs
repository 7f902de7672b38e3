//! Files into segments, all streams in step.

use std::collections::{HashSet, VecDeque};

use anyhow::bail;
use bleuprint::text::trim_end;
use bleuprint_harness::{Encoding, Lines, Newline};

use crate::output::{Failure, Log};

/// What is to be read.
pub(crate) struct Input {
    /// For each stream of references, the files that follow each other.
    pub(crate) references: Vec<Vec<String>>,
    /// The number of references in each line of the one reference file.
    pub(crate) tabbed: Option<i64>,
    /// The systems' files; none for standard input.
    pub(crate) systems: Option<Vec<String>>,
    /// Whether the first system is the baseline of a paired test.
    pub(crate) paired: bool,
    pub(crate) encoding: Encoding,
}

/// Segments that follow each other, stream by stream.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chunk {
    pub(crate) references: Vec<Vec<String>>,
    pub(crate) systems: Vec<Vec<String>>,
}

impl Chunk {
    /// The number of segments.
    pub(crate) fn len(&self) -> usize {
        self.references.first().map_or(0, Vec::len)
    }
}

/// References and systems, read in step.
pub(crate) struct Corpus {
    sources: Vec<Source>,
    references: usize,
    names: Vec<String>,
    read: usize,
    kept: usize,
    keep: Option<(Vec<bool>, String)>,
    /// Strings to read into.
    spare: Vec<String>,
}

/// Files that follow each other, and how their lines are segments.
struct Source {
    name: String,
    files: VecDeque<Lines>,
    split: Split,
    lines: usize,
    /// The first line of standard input, which says how many systems there are.
    first: Option<Vec<String>>,
}

/// How a line is cut into texts.
#[derive(Clone, Copy)]
enum Split {
    Whole,
    /// So many references.
    References(i64),
    /// So many systems.
    Systems(usize),
}

impl Corpus {
    pub(crate) fn open(input: Input, log: Log) -> anyhow::Result<Self> {
        let mut corpus = Corpus {
            sources: Vec::new(),
            references: 0,
            names: Vec::new(),
            read: 0,
            kept: 0,
            keep: None,
            spare: Vec::new(),
        };
        corpus.open_references(&input)?;
        if let Err(error) = corpus.open_systems(&input, log) {
            return Err(corpus.drain().err().unwrap_or(error));
        }
        if input.paired
            && let Some(first) = corpus.names.first_mut()
        {
            *first = match input.systems {
                None => "Baseline".to_owned(),
                Some(_) => format!("Baseline: {first}"),
            };
        }
        Ok(corpus)
    }

    fn open_references(&mut self, input: &Input) -> anyhow::Result<()> {
        let split = input.tabbed.map_or(Split::Whole, Split::References);
        self.references = input.tabbed.map_or(input.references.len(), |n| n.max(1) as usize);
        for files in &input.references {
            let opened: Result<VecDeque<Lines>, _> =
                files.iter().map(|file| Lines::open(file, input.encoding)).collect();
            self.sources.push(Source::new(files.join(" and "), opened?, split));
        }
        Ok(())
    }

    fn open_systems(&mut self, input: &Input, log: Log) -> anyhow::Result<()> {
        let Some(files) = &input.systems else {
            let source = Source::stdin(input.encoding)?;
            self.names = match source.split {
                Split::Systems(n) if input.paired => {
                    (0..n).map(|system| format!("System {system}")).collect()
                }
                _ => (1..=source.width()).map(|system| format!("System {system}")).collect(),
            };
            self.sources.push(source);
            return Ok(());
        };
        let mut seen = HashSet::new();
        for file in files {
            if !seen.insert(file) {
                if input.paired && Some(file) == files.first() {
                    log.notice(format_args!("'{file}' is left out: it is the baseline already"));
                    continue;
                }
                bail!("'{file}' names two systems: each needs a name of its own");
            }
            let lines = VecDeque::from([Lines::open(file, input.encoding)?]);
            self.sources.push(Source::new(file.clone(), lines, Split::Whole));
            self.names.push(file.clone());
        }
        anyhow::ensure!(!input.paired || !files.is_empty(), "a paired test needs systems (-i)");
        Ok(())
    }

    /// The systems' names.
    pub(crate) fn systems(&self) -> &[String] {
        &self.names
    }

    /// The number of references of each segment.
    pub(crate) fn references(&self) -> usize {
        self.references
    }

    /// The number of segments read so far.
    pub(crate) fn read(&self) -> usize {
        self.read
    }

    /// Leaves only the segments marked; `what` says what they have.
    pub(crate) fn keep(&mut self, marks: Vec<bool>, what: String) {
        self.keep = Some((marks, what));
    }

    /// Reads all that is left, for what may be wrong with it.
    pub(crate) fn drain(&mut self) -> anyhow::Result<()> {
        for source in &mut self.sources {
            let mut texts = vec![Vec::new(); source.width()];
            while source.next(&mut texts, &mut self.spare)? {
                self.spare.extend(texts.iter_mut().flat_map(|texts| texts.drain(..)));
            }
        }
        Ok(())
    }

    /// Takes back a chunk that is done with, to read the next into its strings.
    pub(crate) fn recycle(&mut self, chunk: Chunk) {
        self.spare.extend(chunk.references.into_iter().chain(chunk.systems).flatten());
    }

    /// The next segments, at most `limit`; none when all streams end.
    pub(crate) fn chunk(&mut self, limit: usize) -> anyhow::Result<Option<Chunk>> {
        loop {
            let mut texts = vec![Vec::new(); self.references + self.names.len()];
            let more = self.fill(&mut texts, limit)?;
            let mut systems = texts.split_off(self.references);
            let start = self.read;
            self.read += texts[0].len();
            if let Some((marks, _)) = &self.keep {
                for stream in texts.iter_mut().chain(&mut systems) {
                    let mut at = start..;
                    stream.retain(|_| at.next().and_then(|at| marks.get(at)) == Some(&true));
                }
            }
            let chunk = Chunk { references: texts, systems };
            self.kept += chunk.len();
            if chunk.len() > 0 {
                return Ok(Some(chunk));
            }
            if !more {
                return if self.kept > 0 { Ok(None) } else { Err(self.nothing()) };
            }
        }
    }

    /// Reads up to `limit` segments; false when the streams have ended, all at once.
    fn fill(&mut self, texts: &mut [Vec<String>], limit: usize) -> anyhow::Result<bool> {
        for _ in 0..limit {
            let (mut rest, mut ended) = (&mut *texts, 0);
            for source in &mut self.sources {
                let (own, others) = rest.split_at_mut(source.width());
                ended += usize::from(!source.next(own, &mut self.spare)?);
                rest = others;
            }
            if ended == self.sources.len() {
                return Ok(false);
            }
            if ended > 0 {
                return Err(self.unequal());
            }
        }
        Ok(true)
    }

    fn nothing(&self) -> anyhow::Error {
        match &self.keep {
            Some((_, what)) => anyhow::anyhow!("no segment of the test set has {what}"),
            None => anyhow::anyhow!(
                "no segments: {} and the references are empty",
                self.names.first().map_or("the system", String::as_str)
            ),
        }
    }

    /// Streams of different lengths: reads to the end to say how long each is.
    fn unequal(&mut self) -> anyhow::Error {
        if let Err(error) = self.drain() {
            return error;
        }
        let longest = self.sources.iter().map(|source| source.lines).max().unwrap_or(0);
        let shortest = self.sources.iter().min_by_key(|source| source.lines);
        let lengths: Vec<String> = self.sources.iter().map(|source| source.describe()).collect();
        let missing = shortest.map_or_else(String::new, |source| {
            format!(": line {} of {} is missing", source.lines + 1, source.name)
        });
        debug_assert!(longest > 0, "streams that are all empty are equally long");
        anyhow::anyhow!(
            "system and reference streams have different lengths: {}{missing}",
            lengths.join(", ")
        )
    }
}

impl Source {
    fn new(name: String, files: VecDeque<Lines>, split: Split) -> Self {
        Source { name, files, split, lines: 0, first: None }
    }

    /// Systems from standard input; an empty one is one system with one empty segment.
    fn stdin(encoding: Encoding) -> anyhow::Result<Self> {
        let mut lines = Lines::open("-", encoding)?.ended_by(Newline::Universal);
        let mut line = String::new();
        lines.next_into(&mut line)?;
        let first: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let split = Split::Systems(first.len());
        let name = "standard input".to_owned();
        Ok(Source { name, files: VecDeque::from([lines]), split, lines: 0, first: Some(first) })
    }

    /// The number of texts in a line.
    fn width(&self) -> usize {
        match self.split {
            Split::Whole => 1,
            Split::References(n) => n.max(1) as usize,
            Split::Systems(n) => n,
        }
    }

    fn describe(&self) -> String {
        let plural = if self.lines == 1 { "" } else { "s" };
        format!("{} has {} line{plural}", self.name, self.lines)
    }

    /// Puts the next line's texts behind the others; false at the end.
    fn next(&mut self, texts: &mut [Vec<String>], spare: &mut Vec<String>) -> anyhow::Result<bool> {
        if let Some(first) = self.first.take() {
            self.lines += 1;
            texts.iter_mut().zip(first).for_each(|(texts, text)| texts.push(text));
            return Ok(true);
        }
        let mut line = spare.pop().unwrap_or_default();
        while let Some(file) = self.files.front_mut() {
            if file.next_into(&mut line)? {
                self.lines += 1;
                self.split(line, texts)?;
                return Ok(true);
            }
            self.files.pop_front();
        }
        Ok(false)
    }

    fn split(&self, line: String, texts: &mut [Vec<String>]) -> anyhow::Result<()> {
        let fields: Vec<&str> = match self.split {
            Split::Whole => {
                texts[0].push(line);
                return Ok(());
            }
            Split::References(n) if n > 0 => line.splitn(n as usize, '\t').collect(),
            Split::References(_) => line.split('\t').collect(),
            Split::Systems(_) => line.split('\t').map(trim_end).collect(),
        };
        let expected = match self.split {
            Split::References(n) => n,
            _ => texts.len() as i64,
        };
        if fields.len() as i64 != expected {
            return Err(Failure::fields(format!(
                "{}:{}: {} fields with tabs between them, not {expected}",
                self.name,
                self.lines,
                fields.len()
            )));
        }
        texts.iter_mut().zip(fields).for_each(|(texts, text)| texts.push(text.to_owned()));
        Ok(())
    }
}
