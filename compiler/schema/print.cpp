#include "compiler/schema/print.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/diag/paint.hpp"

namespace stackc::schema {

namespace {

constexpr std::size_t kWidth = 100;
constexpr std::size_t kMaxNameColumn = 40;

std::string spaces(std::size_t n) { return std::string(n, ' '); }

class Page {
 public:
  explicit Page(bool colour) : paint_(out_, colour) {}

  void title(std::string_view text) { line("", text, Style::Message); }
  void heading(std::string_view text) {
    out_ += '\n';
    line("", text, Style::Help);
  }
  void line(std::string_view indent, std::string_view text, Style style = Style::Plain) {
    out_ += indent;
    paint_.put(text, style);
    paint_.end_line();
  }
  void fact(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    paint_.put(fmt::format("  {:<16}", name), Style::Gutter);
    out_ += text;
    paint_.end_line();
  }
  void properties(Properties all, std::string_view indent, bool attributes = false);
  void property(Property p, std::string_view indent, std::size_t name_width, bool attribute);
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  Painter paint_;
};

/// `text` in pieces that fit `width`, cut behind ` |` only.
std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const auto bar = text.find(" | ");
    const auto piece = bar == std::string_view::npos ? text : text.substr(0, bar + 2);
    if (!lines.back().empty() && lines.back().size() + 1 + piece.size() > width) lines.emplace_back();
    if (!lines.back().empty()) lines.back() += ' ';
    lines.back() += piece;
    text = bar == std::string_view::npos ? std::string_view{} : text.substr(bar + 3);
  }
  return lines;
}

std::string default_text(Property p) {
  auto kind = p.type().kind();
  if (kind == TypeKind::Union) kind = p.type().arm(0).kind();
  const bool is_text = kind == TypeKind::String || kind == TypeKind::Literal || kind == TypeKind::Id;
  return is_text ? fmt::format("default \"{}\"", p.default_value())
                 : fmt::format("default {}", p.default_value());
}

std::string remarks(Property p) {
  std::vector<std::string> out;
  if (!p.default_value().empty()) out.push_back(default_text(p));
  if (p.replacement() == Replacement::Yes) out.emplace_back("replaces");
  if (p.replacement() == Replacement::Maybe) out.emplace_back("may replace");
  if (p.deprecated()) out.emplace_back("deprecated");
  return fmt::format("{}", fmt::join(out, ", "));
}

void Page::property(Property p, std::string_view indent, std::size_t name_width, bool attribute) {
  const bool required = p.required() && !attribute;
  out_ += indent;
  paint_.put(required ? "* " : "  ", Style::Warning);
  paint_.put(p.name(), required ? Style::Message : Style::Plain);
  auto column = indent.size() + 2 + p.name().size();
  const auto types_at = indent.size() + 2 + name_width + 2;
  const auto type = wrapped(p.type().str(), kWidth - types_at);
  for (const auto& piece : type) {
    if (column + 2 > types_at) {
      paint_.end_line();
      column = 0;
    }
    out_ += spaces(types_at - column) + piece;
    column = types_at + piece.size();
  }
  const auto extra = remarks(p);
  if (!extra.empty()) {
    if (column + 2 + extra.size() > kWidth) {
      paint_.end_line();
      out_ += spaces(types_at);
    } else {
      out_ += "  ";
    }
    paint_.put(extra, Style::Note);
  }
  paint_.end_line();
}

void Page::properties(Properties all, std::string_view indent, bool attributes) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto size = all[i].name().size();
    if (size <= kMaxNameColumn) width = std::max(width, size);
  }
  for (std::size_t i = 0; i < all.size(); ++i) property(all[i], indent, width, attributes);
}

std::string tag_text(ResourceType type) {
  switch (type.tag_shape()) {
    case TagShape::None:
      return "none";
    case TagShape::List:
      return fmt::format("{}, a list of Key and Value", type.tag_property());
    case TagShape::Map:
      return fmt::format("{}, a map", type.tag_property());
    case TagShape::AutoScaling:
      return fmt::format("{}, with PropagateAtLaunch", type.tag_property());
    case TagShape::Specifications:
      return fmt::format("{}, by resource type", type.tag_property());
  }
  return {};
}

std::string data_text(ResourceType type) {
  if (!type.stateful()) return type.supports_snapshot() ? "can be kept as a snapshot" : "";
  return type.supports_snapshot() ? "holds data; can be kept as a snapshot" : "holds data";
}

void head(Page& page, ResourceType type) {
  page.title(type.name());
  page.fact("Ref", type.ref_member());
  const auto primary = type.primary_identifier();
  if (primary.size() != 1 || type.canonical(primary[0]) != type.ref_member()) {
    page.fact("identified by", fmt::format("{}", fmt::join(primary, ", ")));
  }
  page.fact("tags", tag_text(type));
  page.fact("data", data_text(type));
  page.fact("transform", type.required_transform());
  page.fact("also replaces", fmt::format("{}", fmt::join(type.also_replaces(), ", ")));
  page.fact("documentation", type.documentation_url());
}

/// The nested type behind lists and maps; false when there is none.
NestedType nested_of(Type type) {
  while (type.kind() == TypeKind::List || type.kind() == TypeKind::Map) type = type.element();
  return type.kind() == TypeKind::Nested ? type.nested() : NestedType{};
}

}  // namespace

std::string describe(ResourceType type, bool colour) {
  Page page(colour);
  head(page, type);
  if (type.properties().size() > 0) {
    page.heading("properties  (* required)");
    page.properties(type.properties(), "");
  }
  if (type.attributes().size() > 0) {
    page.heading("attributes");
    page.properties(type.attributes(), "", true);
  }
  const auto nested = type.nested_types();
  if (!nested.empty()) page.heading("types");
  for (const auto& n : nested) {
    page.line("  ", n.name(), Style::Message);
    page.properties(n.properties(), "  ");
  }
  return page.take();
}

std::string describe(NestedType type, bool colour) {
  Page page(colour);
  page.title(fmt::format("{}#{}", type.resource_type(), type.name()));
  page.properties(type.properties(), "");
  return page.take();
}

std::string describe(ResourceType type, std::string_view member, bool colour) {
  const auto attribute = type.attributes().find(member);
  const auto property = type.properties().find(member);
  Page page(colour);
  page.title(fmt::format("{}.{}", type.name(), member));
  if (attribute) {
    page.heading("attribute");
    page.property(attribute, "", member.size(), true);
  }
  if (property) {
    page.heading("property  (* required)");
    page.property(property, "", member.size(), false);
  }
  const auto nested = nested_of(property ? property.type() : attribute.type());
  if (nested) {
    page.heading(nested.name());
    page.properties(nested.properties(), "");
  }
  return page.take();
}

std::string search_results(const std::vector<ResourceType>& types, bool colour, std::size_t limit) {
  std::string out;
  Painter paint(out, colour);
  const auto shown = std::min(limit, types.size());
  std::size_t width = 0;
  for (std::size_t i = 0; i < shown; ++i) width = std::max(width, types[i].name().size());
  for (std::size_t i = 0; i < shown; ++i) {
    paint.put(types[i].name(), Style::Message);
    out += spaces(width - types[i].name().size() + 2);
    if (!types[i].ref_member().empty()) paint.put(fmt::format("Ref: {}", types[i].ref_member()), Style::Note);
    paint.end_line();
  }
  if (types.size() > shown) out += fmt::format("and {} more\n", types.size() - shown);
  return out;
}

}  // namespace stackc::schema
