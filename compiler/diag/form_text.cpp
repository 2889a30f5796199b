#include "compiler/diag/form_text.hpp"

#include "compiler/base/filesystem.hpp"
#include "compiler/base/text.hpp"

namespace stackc {

std::string PathRoot::path_of(std::string_view path) const {
  if (root.empty()) return std::string(path);
  if (path.starts_with('/')) {
    const std::string prefix = root.ends_with('/') ? root : fmt::format("{}/", root);
    return std::string(path.starts_with(prefix) ? path.substr(prefix.size()) : path);
  }
  if (folder.empty()) return std::string(path);
  std::string from_root = join_path(folder, path);
  return from_root.starts_with("../") ? std::string(path) : from_root;
}

std::string uri_of(std::string_view path) {
  std::string uri(path.starts_with('/') ? "file://" : "");
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("/-._~").find(c) != std::string_view::npos;
    if (plain) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return uri;
}

std::string sentence(std::string_view text) {
  std::string result(text);
  if (!result.empty() && result[0] >= 'a' && result[0] <= 'z')
    result[0] = static_cast<char>(result[0] - 'a' + 'A');
  if (!result.empty() && result.back() != '.' && result.back() != '?') result += '.';
  return result;
}

std::string workflow_escaped(std::string_view text, bool in_property) {
  std::string result;
  for (const char c : text) {
    const bool special = c == '%' || c == '\r' || c == '\n' || (in_property && (c == ':' || c == ','));
    if (special) {
      result += fmt::format("%{:02X}", static_cast<unsigned>(c));
    } else {
      result += c;
    }
  }
  return result;
}

}  // namespace stackc
