#include <stdexcept>

#include "compiler/base/text.hpp"
#include "compiler/driver/slice.hpp"
#include "compiler/emit/emit.hpp"

namespace stackc {

namespace {

void report(Result& result, Code code, std::string_view verb, const std::string& path,
            const FileError& error) {
  Sink sink;
  sink.report(code, Span{}, fmt::format("cannot {} `{}`: {}", verb, path, error.reason));
  for (auto& d : sink.take()) result.diagnostics.push_back(std::move(d));
}

}  // namespace

OutputFile template_file(const ir::Template& t, const std::string& folder, std::string_view stack,
                         const Request& request) {
  const bool yaml = request.format == TemplateFormat::Yaml;
  return {join_path(folder, fmt::format("{}.template.{}", stack, yaml ? "yaml" : "json")),
          yaml ? emit::template_yaml(t) : emit::template_json(t), true, t.resources.size()};
}

std::string_view Result::text_of(const OutputFile& file, std::string& buffer) const {
  if (!file.spooled) return file.text;
  if (!spool->get(*file.spooled, buffer)) throw std::runtime_error("the temporary file of the outputs is lost");
  return buffer;
}

std::vector<FileState> write_files(Result& result, FileSystem& fs) {
  std::vector<FileState> states;
  std::string buffer;
  for (const auto& file : result.files) {
    const auto written = fs.write(file.path, result.text_of(file, buffer));
    if (const auto* error = std::get_if<FileError>(&written)) {
      report(result, Code::FileUnwritable, "write", file.path, *error);
      states.push_back(FileState::Failed);
      break;
    }
    states.push_back(std::get<bool>(written) ? FileState::Changed : FileState::Unchanged);
  }
  return states;
}

std::vector<FileState> compare_files(Result& result, const FileSystem& fs) {
  std::vector<FileState> states;
  std::string buffer;
  for (const auto& file : result.files) {
    // One byte more than expected is enough to know that the file differs.
    const auto there = fs.read(file.path, file.size() + 1);
    if (const auto* text = std::get_if<std::string>(&there)) {
      states.push_back(*text == result.text_of(file, buffer) ? FileState::Unchanged : FileState::Changed);
      continue;
    }
    const auto& error = std::get<FileError>(there);
    if (error.kind == FileError::Kind::NotFound) {
      states.push_back(FileState::Missing);
    } else if (error.kind == FileError::Kind::TooLarge) {
      states.push_back(FileState::Changed);
    } else {
      report(result, Code::FileUnreadable, "read", file.path, error);
      states.push_back(FileState::Failed);
    }
  }
  return states;
}

}  // namespace stackc
