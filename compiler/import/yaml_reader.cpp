#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "compiler/base/text.hpp"
#include "compiler/import/readers.hpp"
#include "compiler/import/short_forms.hpp"
#include "compiler/import/yaml_continued.hpp"
#include "compiler/import/yaml_places.hpp"
#include "compiler/import/yaml_quoted.hpp"
#include "compiler/import/yaml_scalar.hpp"

namespace stackc::cfn {
namespace {

/// Ends reading after something has been reported.
struct Stop {};

constexpr std::string_view kStandardTags = "tag:yaml.org,2002:";

constexpr std::string_view kTab = "found a tab, expected spaces: YAML is indented with spaces";

bool is_indented_by_tab(std::string_view text, std::size_t at) {
  const std::size_t line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  return text.substr(line, text.find_first_not_of(" \t", line) - line).find('\t') != std::string_view::npos;
}

/// The library's words for what people get wrong most, in ours.
std::string reason_of(const std::string& message) {
  struct Wording {
    std::string_view library, ours;
  };
  static constexpr std::array<Wording, 12> kWordings{{
      {"illegal map value", "found `: ` where no key can stand; a text with a colon wants quotes"},
      {"illegal map key", "found a key where none can stand; is the line indented too far?"},
      {"illegal block entry", "found a list's `-` where none can stand"},
      {"end of map not found", "expected a key like those above, or less indentation"},
      {"end of sequence not found", "expected another `-`, or less indentation"},
      {"end of map flow not found", "found no `}` for a `{`"},
      {"end of sequence flow not found", "found no `]` for a `[`"},
      {"illegal flow end", "found a closing bracket that nothing opens"},
      {"illegal EOF in scalar", "found the end of the file in a text, expected its closing quote"},
      {"the referenced anchor is not defined", "found an alias of a name that no anchor has"},
      {"illegal tab when looking for indentation",
       "found a tab, expected spaces: YAML is indented with spaces"},
      {"unknown token", "found a character that no text can begin with; it wants quotes"},
  }};
  for (const Wording& w : kWordings) {
    if (message.starts_with(w.library)) return std::string(w.ours);
  }
  return message;
}

/// From the library's events to plain data.
class YamlEvents final : public YAML::EventHandler {
 public:
  YamlEvents(std::string_view text, const ContinuedYaml& read, std::uint32_t skipped, PlainBuilder& builder)
      : text_(text), read_(read), skipped_(skipped), builder_(builder) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ == 0) return;
    fail(Code::InputSyntax, span(at(mark), at(mark)),
         "found a second document, expected one template in a file");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { null(at(mark), anchor); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override { alias(at(mark), anchor); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    scalar(at(mark), tag, anchor, value);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(at(mark), tag, anchor, style == YAML::EmitterStyle::Flow, false);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(at(mark), tag, anchor, style == YAML::EmitterStyle::Flow, true);
  }
  void OnMapEnd() override { close(); }

  [[nodiscard]] const std::vector<Stretch>& scalars() const { return scalars_; }

 private:
  struct Anchored {
    ir::ValueRef value = nullptr;  // null while it is being read
    Weight weight;
  };
  /// A collection that is being read.
  struct Open {
    bool flow = false;
    bool in_function = false;  // below the key of a short form
    bool merging = false;      // is the value of `<<` next?
    YAML::anchor_t anchor = 0;
  };

  [[noreturn]] void fail(Code code, Span where, std::string message, std::string help = {}) {
    auto& d = builder_.sink().report(code, where, std::move(message));
    if (!help.empty()) d.help(std::move(help));
    throw Stop{};
  }
  static void need(bool fine) {
    if (!fine) throw Stop{};
  }

  [[nodiscard]] std::size_t at(const YAML::Mark& mark) const {
    return mark.pos < 0 ? end_ : std::min(read_.original(static_cast<std::size_t>(mark.pos)), text_.size());
  }
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    return builder_.span(begin + skipped_, std::max(begin, end) + skipped_);
  }
  /// The value is the one that begins at `begin` and ends here.
  void ends(std::size_t end) { end_ = std::max(end_, end); }

  Anchored& anchored(YAML::anchor_t anchor) {
    if (anchored_.size() <= anchor) anchored_.resize(anchor + 1);
    return anchored_[anchor];
  }

  // ------------------------------------------------------------ scalars

  void null(std::size_t begin, YAML::anchor_t anchor) {
    const std::size_t content = begin_of_content(text_, begin);
    std::string_view word = text_.substr(content, end_of_word(text_, content) - content);
    if (builder_.wants_key() && word.size() > 1 && word.ends_with(':')) word.remove_suffix(1);
    const bool written = word == "~" || word == "null" || word == "Null" || word == "NULL";
    if (builder_.wants_key()) {
      if (!written) fail(Code::KeyNotText, span(begin, begin), "found a `:` without a key before it");
      return key(word, span(content, content + word.size()), content + word.size());
    }
    Span where =
        builder_.in_object() ? builder_.last_key() : span(std::min(begin, end_), std::min(begin, end_));
    if (written && content >= end_) {
      where = span(content, content + word.size());
      ends(content + word.size());
    }
    place_scalar({ir::Null{}, where}, anchor);
  }

  void scalar(std::size_t begin, const std::string& tag, YAML::anchor_t anchor, const std::string& read) {
    const std::size_t content = begin_of_content(text_, begin);
    const std::size_t end =
        read.empty() && content >= text_.size() ? begin : end_of_scalar(text_, content, read);
    const bool quoted = content < text_.size() && (text_[content] == '"' || text_[content] == '\'');
    if (quoted && !is_closed(text_, content)) {
      fail(Code::InputSyntax, span(content, content + 1), "found a text without its closing quote");
    }
    if (content < end) scalars_.push_back(stretch_of_scalar(text_, content, end));
    const Span where = span(content, end);
    const std::string value = text_at(content, end, read);
    const std::string_view function = function_of(tag, begin);
    if (builder_.wants_key()) {
      if (!open_.back().flow && !is_marked_as_key(text_, begin, end)) {
        fail(Code::InputSyntax, where, "found a text where a key must stand, expected `:` after it");
      }
      if (!function.empty())
        fail(Code::KeyNotText, span(begin, end), "found a function as a key, expected a text");
      if (anchor != 0) anchored(anchor) = {builder_.arena().make<ir::Value>(builder_.text(value, where)), {}};
      return key(value, where, end, tag == "?");
    }
    ends(end);
    if (function.empty()) return place_scalar(typed(tag, value, where), anchor);
    need(builder_.open_object(span(begin, end)));
    need(builder_.key(function, span(begin, end_of_word(text_, begin))));
    argument(function, builder_.text(value, where));
    finish_function(end, anchor);
  }

  /// The library loses line breaks of quoted scalars.
  std::string text_at(std::size_t content, std::size_t end, const std::string& read) const {
    const std::string_view source = text_.substr(content, end - content);
    const bool quoted = source.size() > 1 && (source[0] == '"' || source[0] == '\'');
    return quoted && source.find('\n') != std::string_view::npos ? unquoted(source) : read;
  }

  /// `!GetAtt A.B` has the list as its argument, every other function the text.
  void argument(std::string_view function, const ir::Value& text) {
    const auto whole = *text.get_if<std::string_view>();
    const std::size_t dot = function == "Fn::GetAtt" ? whole.find('.') : std::string_view::npos;
    if (dot == std::string_view::npos) return need(builder_.scalar(text));
    need(builder_.open_list(text.origin));
    need(builder_.scalar({whole.substr(0, dot), text.origin}));
    need(builder_.scalar({whole.substr(dot + 1), text.origin}));
    need(builder_.close(text.origin.end));
  }

  void finish_function(std::size_t end, YAML::anchor_t anchor) {
    Weight weight;
    ir::ValueRef made = builder_.close(static_cast<std::uint32_t>(end) + skipped_, weight);
    place(made, weight, anchor);
  }

  /// The key of the function that `tag` stands for; empty when it is none.
  std::string_view function_of(const std::string& tag, std::size_t begin) {
    if (tag == "?" || tag == "!" || tag.empty()) return {};
    const std::string_view standard = std::string_view(tag).starts_with(kStandardTags)
                                          ? std::string_view(tag).substr(kStandardTags.size())
                                          : std::string_view();
    for (const std::string_view known : {"str", "int", "float", "bool", "null", "map", "seq"}) {
      if (standard == known) return {};
    }
    const std::string_view key = key_of_tag(tag);
    if (!key.empty()) return key;
    const std::string shown = standard.empty() ? tag : fmt::format("!!{}", standard);
    const std::string_view close = closest_tag(tag);
    fail(Code::UnknownTag, span(begin, end_of_word(text_, begin)), fmt::format("unknown tag `{}`", shown),
         close.empty() ? "expected the short form of a function, such as `!Ref` or `!Sub`"
                       : fmt::format("did you mean `{}`?", close));
  }

  ir::Value typed(const std::string& tag, std::string_view value, Span where) {
    const ir::Value text = builder_.text(value, where);
    const bool is_text = tag == "!" || tag == "tag:yaml.org,2002:str";
    return is_text ? text : typed_scalar(builder_.arena(), *text.get_if<std::string_view>(), where);
  }

  void key(std::string_view text, Span where, std::size_t end, bool may_merge = false) {
    ends(end);
    need(builder_.key(text, where));
    if (may_merge && text == "<<") open_.back().merging = true;
  }

  void place_scalar(const ir::Value& value, YAML::anchor_t anchor) {
    const auto* text = value.get_if<std::string_view>();
    place(builder_.arena().make<ir::Value>(value), {1, text != nullptr ? text->size() : 0}, anchor);
  }

  // ------------------------------------------------------------ collections

  void open(std::size_t begin, const std::string& tag, YAML::anchor_t anchor, bool flow, bool is_map) {
    if (builder_.wants_key()) {
      fail(Code::KeyNotText, span(begin, begin + 1),
           fmt::format("found {} as a key, expected a text", is_map ? "an object" : "a list"),
           "a text that begins with a bracket or a brace wants quotes");
    }
    const std::string_view function = function_of(tag, begin);
    if (!function.empty()) {
      need(builder_.open_object(span(begin, begin)));
      need(builder_.key(function, span(begin, end_of_word(text_, begin))));
    }
    open_.push_back({flow, !function.empty(), false, anchor});
    if (anchor != 0) anchored(anchor) = {};
    const std::size_t content = begin_of_content(text_, begin);
    const Span where = span(content, content);
    need(is_map ? builder_.open_object(where) : builder_.open_list(where));
    ends(flow ? content + 1 : content);
  }

  void close() {
    const Open ended = open_.back();
    open_.pop_back();
    if (ended.flow) ends(end_of_flow(text_, end_));
    Weight weight;
    ir::ValueRef made = builder_.close(static_cast<std::uint32_t>(end_) + skipped_, weight);
    if (!ended.in_function) return place(made, weight, ended.anchor);
    need(builder_.value(made, weight));
    finish_function(end_, ended.anchor);
  }

  void alias(std::size_t begin, YAML::anchor_t anchor) {
    const std::size_t end = end_of_word(text_, begin);
    const Span where = span(begin, end);
    ends(end);
    const Anchored& meant = anchored(anchor);
    if (meant.value == nullptr) {
      fail(Code::BadAlias, where,
           fmt::format("the alias `{}` stands inside of what it names", text_.substr(begin, end - begin)));
    }
    if (builder_.wants_key()) {
      const auto* text = meant.value->get_if<std::string_view>();
      if (text == nullptr)
        fail(Code::KeyNotText, where, "found an alias of a value as a key, expected a text");
      return key(*text, where, end);
    }
    place(builder_.arena().make<ir::Value>(meant.value->data, where), meant.weight, 0);
  }

  void place(ir::ValueRef made, Weight weight, YAML::anchor_t anchor) {
    if (anchor != 0) anchored(anchor) = {made, weight};
    if (open_.empty() || !open_.back().merging) return need(builder_.value(made, weight));
    open_.back().merging = false;
    const auto* list = made->get_if<ir::List>();
    if (list == nullptr) return merge(made, weight);
    for (ir::ValueRef each : list->items) merge(each, weight);
    if (list->items.empty()) need(builder_.merge({}, weight));
  }

  void merge(ir::ValueRef from, Weight weight) {
    const auto* object = from->get_if<ir::Object>();
    if (object == nullptr) {
      fail(Code::BadAlias, from->origin, "found no object after `<<`, expected one whose members are merged");
    }
    need(builder_.merge(*object, weight));
  }

  std::string_view text_;
  const ContinuedYaml& read_;  // what the library reads
  std::uint32_t skipped_;
  PlainBuilder& builder_;
  std::size_t end_ = 0;  // of the last thing that was read
  std::size_t documents_ = 0;
  std::vector<Open> open_;
  std::vector<Anchored> anchored_;
  std::vector<Stretch> scalars_;
};

}  // namespace

SyntaxError read_yaml(std::string_view text, std::uint32_t skipped, PlainBuilder& builder,
                      std::vector<Comment>& comments) {
  const ContinuedYaml read(text);
  YamlEvents events(text, read, skipped, builder);
  const auto error = [&](const std::string& reason, std::size_t at) {
    return SyntaxError{
        reason, builder.span(std::min(at, text.size()) + skipped, std::min(at + 1, text.size()) + skipped)};
  };
  try {
    std::istringstream in{read.text()};
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(events)) {
    }
  } catch (const Stop&) {
    return {};
  } catch (const YAML::Exception& e) {
    const std::size_t place = e.mark.pos < 0 ? 0 : read.original(static_cast<std::size_t>(e.mark.pos));
    const std::size_t at = std::min(place, text.size());
    return error(is_indented_by_tab(text, at) ? std::string(kTab) : reason_of(e.msg), at);
  } catch (const std::exception& e) {
    return error(e.what(), 0);
  }
  comments = comments_of(text, events.scalars(), builder.span(0, 0).file, skipped);
  return {};
}

}  // namespace stackc::cfn
