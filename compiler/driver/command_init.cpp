#include <array>

#include "compiler/base/text.hpp"
#include "compiler/driver/commands.hpp"

namespace stackc {

namespace {

struct Starter {
  std::string_view name;
  std::string_view text;
};

constexpr std::string_view kProject = R"(# The project of the stacks in this folder and below.
out: generated

# An environment gives const params at compile time and writes a parameters file for the rest:
# environments:
#   production:
#     stacks:
#       app:
#         name: app-production
#         parameters:
#           Environment: production
)";

constexpr std::string_view kStack = R"(/// A bucket whose objects are encrypted, versioned and never public.
stack "app"

param Environment: "production" | "staging" = "staging"

condition IsProduction = Environment == "production"

@retain
resource Files: AWS::S3::Bucket {
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [
      { ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }
    ]
  }
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true
    BlockPublicPolicy: true
    IgnorePublicAcls: true
    RestrictPublicBuckets: true
  }
  VersioningConfiguration: { Status: IsProduction ? "Enabled" : "Suspended" }
}

/// Where uploads go.
output FilesName = Files.ref
)";

constexpr std::array<Starter, 2> kStarters{{{"stackc.yaml", kProject}, {"app.stack", kStack}}};

}  // namespace

int run_init(const InitOptions& options, Session& session) {
  auto& console = session.console;
  for (const auto& file : kStarters) {
    const auto path = join_path(options.folder, file.name);
    if (session.fs.kind(path) == PathKind::Missing) continue;
    console.error(fmt::format("`{}` is there already, nothing was written", path),
                  "`stackc init` starts a project in a folder that has none");
    return kFindings;
  }
  for (const auto& file : kStarters) {
    const auto path = join_path(options.folder, file.name);
    const auto written = session.fs.write(path, file.text);
    if (const auto* error = std::get_if<FileError>(&written)) {
      console.error(fmt::format("cannot write `{}`: {}", path, error->reason));
      return kFindings;
    }
    console.status(fmt::format("wrote {}", path));
  }
  console.status("now run `stackc build`");
  return kFine;
}

}  // namespace stackc
