// The short forms of ports and volumes, and env files.

#include <algorithm>
#include <charconv>

#include "compiler/base/text.hpp"
#include "compiler/modules/compose_text.hpp"

namespace stackc::compose {

namespace {

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

/// `5000` or `5000-5010`, each from 1 to 65535.
std::optional<std::pair<std::int64_t, std::int64_t>> range(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = number(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : number(text.substr(dash + 1));
  const bool good = first && last && *first >= 1 && *last <= 65535 && *first <= *last;
  if (!good) return std::nullopt;
  return std::pair{*first, *last};
}

/// The pieces of a text behind the last `:` outside of variables, as text, and whether there is something before.
struct Split {
  Text before;
  Text after;
  bool has_colon = false;
};

Split at_last_colon(const Text& text) {
  Split out;
  for (std::size_t i = text.size(); i-- > 0;) {
    const std::size_t colon = text[i].is_literal() ? text[i].text.rfind(':') : std::string::npos;
    if (colon == std::string::npos) continue;
    out.has_colon = true;
    out.before.assign(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(i));
    append(out.before, {text[i].text.substr(0, colon), {}, Piece::Use::Plain, {}});
    append(out.after, {text[i].text.substr(colon + 1), {}, Piece::Use::Plain, {}});
    for (std::size_t k = i + 1; k < text.size(); ++k) append(out.after, text[k]);
    return out;
  }
  out.after = text;
  return out;
}

bool has_variable(const Text& text) {
  return std::ranges::any_of(text, [](const Piece& p) { return !p.is_literal(); });
}

}  // namespace

std::optional<PortRange> parse_port(const Text& text, std::string& reason) {
  const Split split = at_last_colon(text);
  std::string missing;
  const auto target = resolved(split.after, missing);
  if (!target) {
    reason = fmt::format("which port of the container it is must be known when the stack is compiled, `${{{}}}` is not", missing);
    return std::nullopt;
  }
  PortRange port;
  std::string_view rest = *target;
  if (const std::size_t slash = rest.find('/'); slash != std::string_view::npos) {
    port.protocol = std::string(rest.substr(slash + 1));
    rest = rest.substr(0, slash);
  }
  const auto ports = range(rest);
  if (!ports) {
    reason = fmt::format("`{}` is no port from 1 to 65535 and no range of them", rest);
    return std::nullopt;
  }
  port.first = ports->first;
  port.last = ports->second;
  const auto host = split.has_colon ? resolved(split.before, missing) : std::nullopt;
  if (!host || host->empty()) return port;
  const std::size_t colon = host->rfind(':');  // behind an address of the host
  const std::string_view published = std::string_view(*host).substr(colon == std::string::npos ? 0 : colon + 1);
  if (published.empty()) return port;
  const auto on_host = range(published);
  if (!on_host) {
    reason = fmt::format("`{}` is no port from 1 to 65535 and no range of them", published);
    return std::nullopt;
  }
  const std::int64_t there = on_host->second - on_host->first;
  if (there != port.last - port.first && port.last != port.first) {
    reason = fmt::format("`{}` and `{}` are ranges of different lengths", published, rest);
    return std::nullopt;
  }
  // A range on the host for one port: Docker takes any of them.
  if (there == port.last - port.first) port.published = on_host->first;
  return port;
}

std::optional<Mount> parse_mount(const Text& text, std::string& reason) {
  std::vector<Text> parts;
  Text rest = text;
  for (bool more = true; more;) {
    Split split = at_last_colon(rest);
    more = split.has_colon;
    parts.insert(parts.begin(), std::move(split.after));
    rest = std::move(split.before);
  }
  if (parts.size() > 3) {
    reason = "it has more parts than `source:path:options`";
    return std::nullopt;
  }
  std::vector<std::string> words;
  Mount mount;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::string missing;
    auto word = resolved(parts[i], missing);
    const bool source = parts.size() > 1 && i == 0;
    if (!word && !source) {
      reason = fmt::format("the path in the container must be known when the stack is compiled, `${{{}}}` is not", missing);
      return std::nullopt;
    }
    if (source) mount.variable_source = has_variable(parts[i]) && !word;
    words.push_back(word.value_or(""));
  }
  mount.source = words.size() > 1 ? words[0] : "";
  mount.path = words.size() > 1 ? words[1] : words[0];
  if (!mount.path.starts_with('/')) {
    reason = fmt::format("`{}` is no absolute path in the container", mount.path);
    return std::nullopt;
  }
  constexpr std::string_view kModes[] = {"rw", "ro", "z", "Z", "nocopy", "cached", "delegated", "consistent",
                                         "private", "rprivate", "shared", "rshared", "slave", "rslave"};
  std::string_view modes = words.size() > 2 ? std::string_view(words[2]) : std::string_view{};
  while (!modes.empty()) {
    const std::string_view mode = modes.substr(0, modes.find(','));
    modes.remove_prefix(std::min(modes.size(), mode.size() + 1));
    if (std::ranges::find(kModes, mode) == std::end(kModes)) {
      reason = fmt::format("`{}` is no option of a volume", mode);
      return std::nullopt;
    }
    if (mode == "ro") mount.read_only = true;
  }
  return mount;
}

namespace {

class EnvFile {
 public:
  EnvFile(std::string_view text, bool raw, std::string& reason, std::size_t& at)
      : text_(text), raw_(raw), reason_(reason), at_(at) {}

  std::optional<std::vector<EnvLine>> run() {
    std::vector<EnvLine> lines;
    if (text_.starts_with("\xEF\xBB\xBF")) pos_ = 3;
    while (pos_ < text_.size()) {
      skip_blanks();
      if (pos_ >= text_.size()) break;
      if (text_[pos_] == '\n' || text_[pos_] == '\r') {
        ++pos_;
        continue;
      }
      if (text_[pos_] == '#') {
        skip_line();
        continue;
      }
      auto line = entry();
      if (!line) return std::nullopt;
      lines.push_back(std::move(*line));
    }
    return lines;
  }

 private:
  void skip_blanks() {
    while (pos_ < text_.size() && (text_[pos_] == ' ' || text_[pos_] == '\t')) ++pos_;
  }
  void skip_line() { pos_ = std::min(text_.find('\n', pos_), text_.size()); }

  std::nullopt_t fail(std::size_t at, std::string reason) {
    at_ = at;
    reason_ = std::move(reason);
    return std::nullopt;
  }

  std::optional<EnvLine> entry() {
    if (text_.substr(pos_).starts_with("export ")) {
      pos_ += 7;
      skip_blanks();
    }
    EnvLine line;
    line.at = pos_;
    const std::size_t end = std::min(text_.find_first_of("=\r\n#", pos_), text_.size());
    std::string_view name = text_.substr(pos_, end - pos_);
    while (name.ends_with(' ') || name.ends_with('\t')) name.remove_suffix(1);
    if (name.empty() || name.find_first_of(" \t\"'") != std::string_view::npos) {
      return fail(pos_, "expected `NAME=value`");
    }
    line.name = std::string(name);
    pos_ = end;
    if (pos_ >= text_.size() || text_[pos_] != '=') {
      skip_line();
      return line;
    }
    ++pos_;
    if (raw_) {
      const std::size_t begin = pos_;
      skip_line();
      std::string_view value = text_.substr(begin, pos_ - begin);
      if (value.ends_with('\r')) value.remove_suffix(1);
      line.value.emplace();
      append(*line.value, {std::string(value), {}, Piece::Use::Plain, {}});
      return line;
    }
    skip_blanks();
    const char first = pos_ < text_.size() ? text_[pos_] : '\0';
    line.value = first == '"' || first == '\'' ? quoted(first) : plain();
    if (!line.value) return std::nullopt;
    return line;
  }

  std::optional<Text> with_variables(std::string_view value, std::size_t at) {
    std::string reason;
    auto text = interpolate(value, reason);
    if (!text) return fail(at, reason);
    return text;
  }

  std::optional<Text> plain() {
    const std::size_t begin = pos_;
    skip_line();
    std::string_view value = text_.substr(begin, pos_ - begin);
    if (const std::size_t comment = value.find(" #"); comment != std::string_view::npos) value = value.substr(0, comment);
    while (!value.empty() && (value.back() == ' ' || value.back() == '\t' || value.back() == '\r')) value.remove_suffix(1);
    return with_variables(value, begin);
  }

  std::optional<Text> quoted(char quote) {
    const std::size_t begin = pos_++;
    std::string value;
    for (; pos_ < text_.size() && text_[pos_] != quote; ++pos_) {
      char c = text_[pos_];
      if (c == '\\' && quote == '"' && pos_ + 1 < text_.size()) {
        c = text_[++pos_];
        if (c == 'n') c = '\n';
        else if (c == 't') c = '\t';
        else if (c == 'r') c = '\r';
        else if (c == '$') value += '$';  // a sign, no variable
        else if (c != '"' && c != '\\') value += '\\';
      }
      value += c;
    }
    if (pos_ >= text_.size()) return fail(begin, "the quote is not closed");
    ++pos_;
    skip_line();
    if (quote == '"') return with_variables(value, begin);
    Text text;
    append(text, {value, {}, Piece::Use::Plain, {}});
    return text;
  }

  std::string_view text_;
  bool raw_;
  std::string& reason_;
  std::size_t& at_;
  std::size_t pos_ = 0;
};

}  // namespace

std::optional<std::vector<EnvLine>> parse_env_file(std::string_view text, bool raw, std::string& reason, std::size_t& at) {
  return EnvFile(text, raw, reason, at).run();
}

}  // namespace stackc::compose
