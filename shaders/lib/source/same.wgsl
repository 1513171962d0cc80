// In place: the source is the target.

#import lib/target

fn source_word(index: u32) -> u32 {
  return target_words[index];
}
