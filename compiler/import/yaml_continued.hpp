#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stackc::cfn {

/// A YAML text in a form that the library reads as YAML means it. After a tag in a list (`- !Sub a`), the
/// library takes a plain text to be over when the next line begins below the tag, where YAML lets it go on.
/// One more space before such lines changes nothing but that.
class ContinuedYaml {
 public:
  explicit ContinuedYaml(std::string_view yaml);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// The place in the original of the byte at `at` in `text()`.
  [[nodiscard]] std::size_t original(std::size_t at) const;

 private:
  std::string text_;
  std::vector<std::size_t> added_;  // spaces, by their place in `text_`, ascending
};

}  // namespace stackc::cfn
