#include "compiler/base/text.hpp"
#include "compiler/diag/unicode.hpp"
#include "compiler/import/readers.hpp"

namespace stackc::cfn {
namespace {

/// CloudFormation takes a megabyte; what is some times larger is no template.
constexpr std::size_t kMaxBytes = 8U << 20;

bool refuse_encoding(std::string_view text, FileId file, std::string_view path, Sink& sink) {
  const auto place = [&](std::size_t at) {
    return Span{file, static_cast<std::uint32_t>(at),
                static_cast<std::uint32_t>(std::min(at + 1, text.size()))};
  };
  if (text.size() > kMaxBytes) {
    sink.report(Code::FileTooLarge, Span{},
                fmt::format("cannot read `{}`: it has {} bytes, a template has at most {}", path, text.size(),
                            kMaxBytes));
    return true;
  }
  const bool wide = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
  const std::size_t bad = wide ? 0 : first_bad_byte(text);
  if (bad == std::string_view::npos) return false;
  const auto byte = static_cast<unsigned char>(text[bad]);
  const bool zero_beside = byte == 0 || text.substr(0, 4).find('\0') != std::string_view::npos;
  if (wide || zero_beside) {
    sink.report(Code::InputEncoding, place(bad),
                fmt::format("found the byte 0x{:02X} at byte {}, expected text in UTF-8", byte, bad))
        .help(wide ? "the file is in UTF-16: save it as UTF-8"
                   : "is this a text? A template is saved as UTF-8");
  } else if (byte < 0x80) {
    sink.report(Code::InputEncoding, place(bad),
                fmt::format("found the control character U+{:04X} at byte {}, expected text", byte, bad));
  } else {
    sink.report(Code::InputEncoding, place(bad),
                fmt::format("found the byte 0x{:02X} at byte {}, expected UTF-8", byte, bad))
        .help("save the file as UTF-8");
  }
  return true;
}

/// The builder's data of one attempt, in the arena of `document`.
class Attempt {
 public:
  Attempt(Document& document, std::string_view text, std::uint32_t skipped)
      : document_(document), text_(text), skipped_(skipped) {}

  /// False when it is no JSON: nothing is reported then.
  bool json(SyntaxError& error) {
    PlainBuilder builder(document_.arena, document_.file, sink_);
    error = read_json(text_, skipped_, builder);
    document_.root = builder.root();
    return !error;
  }
  bool yaml(SyntaxError& error) {
    PlainBuilder builder(document_.arena, document_.file, sink_);
    error = read_yaml(text_, skipped_, builder, document_.comments);
    document_.root = builder.root();
    document_.is_yaml = true;
    return !error;
  }
  Sink& sink() { return sink_; }

 private:
  Document& document_;
  std::string_view text_;
  std::uint32_t skipped_;
  Sink sink_;
};

void move_into(Sink& to, Sink& from) {
  for (Diagnostic& d : from.take()) {
    Diagnostic& placed = to.report(d.code, {}, {});
    placed = std::move(d);
  }
}

void report_syntax(std::string_view form, const SyntaxError& error, Sink& sink) {
  sink.report(Code::InputSyntax, error.at, fmt::format("this is no {}: {}", form, error.reason));
}

}  // namespace

std::size_t first_bad_byte(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      const bool fine = byte >= 0x20 ? byte != 0x7F : byte == '\t' || byte == '\n' || byte == '\r';
      if (!fine) return at;
      ++at;
      continue;
    }
    const CodePoint c = decode(text, at);
    if (!c.valid) return at;
    at += c.bytes;
  }
  return std::string_view::npos;
}

std::unique_ptr<Document> read_document(FileId file, const SourceMap& sources, Sink& sink) {
  std::string_view text = sources.text(file);
  if (refuse_encoding(text, file, sources.path(file), sink)) return nullptr;
  std::uint32_t skipped = 0;
  if (text.starts_with("\xEF\xBB\xBF")) skipped = 3;
  text.remove_prefix(skipped);

  auto document = std::make_unique<Document>();
  document->file = file;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool braces = first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
  SyntaxError no_json;
  SyntaxError no_yaml;
  Attempt json(*document, text, skipped);
  if (braces && json.json(no_json)) {
    const bool fine = !json.sink().has_errors();
    move_into(sink, json.sink());
    return fine ? std::move(document) : nullptr;
  }
  Attempt yaml(*document, text, skipped);
  const bool read = yaml.yaml(no_yaml);
  if (!read || (braces && yaml.sink().has_errors())) {
    report_syntax(braces ? "JSON" : "YAML", braces ? no_json : no_yaml, sink);
    return nullptr;
  }
  const bool fine = !yaml.sink().has_errors();
  move_into(sink, yaml.sink());
  if (fine && document->root == nullptr) {
    sink.report(Code::InputSyntax, Span{file, 0, 0}, "the file is empty, expected a template");
  }
  return fine && document->root != nullptr ? std::move(document) : nullptr;
}

}  // namespace stackc::cfn
