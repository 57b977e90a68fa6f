//! A map from numbers to numbers whose memory does not grow with it: beyond some size it lies in a file.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

/// Entries that are kept in memory, at most.
const FEW: usize = 1 << 14;
/// Slots of a file at first.
const SLOTS: u64 = 1 << 17;
/// Bytes of a slot: the key, and one more than the value; 0 there means that the slot is free.
const SLOT: u64 = 16;

/// A map whose keys are hashes.
pub(crate) struct Table {
    few: HashMap<u64, u64>,
    many: Option<Slots>,
    /// Where the file is made. It has no name there for long, so that nothing is left of it.
    scratch: PathBuf,
}

/// Slots in a file: a key stands in the slot that its low bits name, or in the next free one.
struct Slots {
    file: File,
    count: u64,
    used: u64,
}

impl Table {
    /// An empty table, which makes its file under the name `scratch` should it need one.
    pub(crate) fn new(scratch: PathBuf) -> Table {
        Table { few: HashMap::new(), many: None, scratch }
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> u64 {
        self.many.as_ref().map_or(self.few.len() as u64, |slots| slots.used)
    }

    /// The value of a key.
    pub(crate) fn get(&mut self, key: u64) -> io::Result<Option<u64>> {
        match &mut self.many {
            None => Ok(self.few.get(&key).copied()),
            Some(slots) => slots.find(key).map(|(_, value)| value),
        }
    }

    /// Puts a value in, and gives the one that was there.
    pub(crate) fn insert(&mut self, key: u64, value: u64) -> io::Result<Option<u64>> {
        if self.many.is_none() && self.few.len() == FEW && !self.few.contains_key(&key) {
            let mut slots = Slots::make(&self.scratch, SLOTS)?;
            for (key, value) in std::mem::take(&mut self.few) {
                slots.insert(key, value)?;
            }
            self.many = Some(slots);
        }
        let Some(slots) = &mut self.many else { return Ok(self.few.insert(key, value)) };
        if slots.used * 2 > slots.count {
            slots.grow(&self.scratch)?;
        }
        slots.insert(key, value)
    }
}

impl Slots {
    fn make(path: &PathBuf, count: u64) -> io::Result<Slots> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(path)?;
        file.set_len(count * SLOT)?;
        // Where a file in use cannot be removed, the next run removes it.
        let _ = fs::remove_file(path);
        Ok(Slots { file, count, used: 0 })
    }

    /// The slot that a key has or is to have, and its value.
    fn find(&mut self, key: u64) -> io::Result<(u64, Option<u64>)> {
        let mut slot = key % self.count;
        let mut bytes = [0; SLOT as usize];
        loop {
            self.file.seek(SeekFrom::Start(slot * SLOT))?;
            self.file.read_exact(&mut bytes)?;
            match entry(&bytes) {
                Some((found, value)) if found == key => return Ok((slot, Some(value))),
                Some(_) => slot = (slot + 1) % self.count,
                None => return Ok((slot, None)),
            }
        }
    }

    fn insert(&mut self, key: u64, value: u64) -> io::Result<Option<u64>> {
        let (slot, before) = self.find(key)?;
        let mut bytes = [0; SLOT as usize];
        bytes[..8].copy_from_slice(&key.to_le_bytes());
        bytes[8..].copy_from_slice(&(value + 1).to_le_bytes());
        self.file.seek(SeekFrom::Start(slot * SLOT))?;
        self.file.write_all(&bytes)?;
        self.used += u64::from(before.is_none());
        Ok(before)
    }

    fn grow(&mut self, path: &PathBuf) -> io::Result<()> {
        let mut larger = Slots::make(path, self.count * 4)?;
        self.file.seek(SeekFrom::Start(0))?;
        let mut old = BufReader::with_capacity(1 << 16, &self.file);
        let mut bytes = [0; SLOT as usize];
        for _ in 0..self.count {
            old.read_exact(&mut bytes)?;
            if let Some((key, value)) = entry(&bytes) {
                larger.insert(key, value)?;
            }
        }
        *self = larger;
        Ok(())
    }
}

fn entry(bytes: &[u8; SLOT as usize]) -> Option<(u64, u64)> {
    let (key, value) = bytes.split_at(8);
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
    number(value).checked_sub(1).map(|value| (number(key), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_a_map_in_memory_and_in_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut table = Table::new(folder.path().join("table"));
        let mut map = HashMap::new();
        // Enough to move to a file and to grow there; keys that collide, and keys that come again.
        for number in 0..(SLOTS * 3 / 4) {
            let key = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (number % 3 * 20) << (number % 5);
            assert_eq!(table.insert(key, number).unwrap(), map.insert(key, number));
        }
        assert!(table.many.as_ref().is_some_and(|slots| slots.count > SLOTS));
        assert_eq!(table.len(), map.len() as u64);
        for (key, value) in &map {
            assert_eq!(table.get(*key).unwrap(), Some(*value));
        }
        assert_eq!(table.get(u64::MAX).unwrap(), None);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
