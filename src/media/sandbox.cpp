#include "media/sandbox.hpp"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <iterator>
#include <system_error>

namespace posy::media {
namespace {

constexpr rlim_t files_max = 64;

#if defined(__x86_64__)
constexpr unsigned architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned architecture = AUDIT_ARCH_AARCH64;
#else
#error "sandbox.cpp: add the AUDIT_ARCH of this processor"
#endif

constexpr unsigned x32_bit = 0x40000000;  // the second system call table of x86-64

// No network (io_uring could open sockets too), no reaching into other processes, no leaving the group that
// we end, no new name spaces, and no truncate(2), which the first version of Landlock does not know.
constexpr unsigned denied_calls[] = {
    SYS_socket,
    SYS_io_uring_setup,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_kill,
    SYS_tkill,
    SYS_pidfd_open,
    SYS_pidfd_send_signal,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_keyctl,
    SYS_add_key,
    SYS_mount,
    SYS_unshare,
    SYS_setns,
    SYS_chroot,
    SYS_setsid,
    SYS_setpgid,
    SYS_truncate,
};

bool filter_calls() noexcept {
  constexpr std::size_t denied = std::size(denied_calls);
  constexpr auto refuse = static_cast<unsigned>(SECCOMP_RET_ERRNO) | EACCES;
  sock_filter program[5 + denied + 2];
  std::size_t n = 0;
  program[n++] = BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch));
  program[n++] = BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, architecture, 1, 0);
  program[n++] = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
  program[n++] = BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr));
  program[n++] = BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, x32_bit, denied + 1, 0);
  for (std::size_t i = 0; i < denied; ++i) {
    auto to_refusal = static_cast<unsigned char>(denied - i);
    program[n++] = BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, denied_calls[i], to_refusal, 0);
  }
  program[n++] = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  program[n++] = BPF_STMT(BPF_RET | BPF_K, refuse);
  sock_fprog whole{static_cast<unsigned short>(n), program};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &whole) == 0;
}

bool limit(int resource, rlim_t most, rlim_t grace = 0) noexcept {
  rlimit wanted{most, most + grace};
  return setrlimit(static_cast<__rlimit_resource>(resource), &wanted) == 0;
}

constexpr __u64 reading =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr __u64 writing =
    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE;
// Every right of the first version of Landlock; all that no rule grants is refused.
constexpr __u64 every_right = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
constexpr __u64 file_rights =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;

void allow(int rules, std::filesystem::path const& path, __u64 rights) {
  int file = open(path.c_str(), O_PATH | O_CLOEXEC);
  if (file < 0) return;  // what is not there needs no right
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) rights &= file_rights;
  landlock_path_beneath_attr rule{.allowed_access = rights, .parent_fd = file};
  long failed = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  int cause = errno;
  close(file);
  if (failed) throw std::system_error(cause, std::generic_category(), "landlock_add_rule");
}

}  // namespace

FileWall::FileWall(Confinement const& confinement) {
  landlock_ruleset_attr attributes{.handled_access_fs = every_right};
  rules_ = static_cast<int>(syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0));
  if (rules_ < 0) return;
  // Programs and libraries, and what the dynamic loader reads.
  for (auto folder : {"/usr", "/bin", "/lib", "/lib64"}) allow(rules_, folder, reading);
  for (auto file : {"/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/alternatives", "/dev/urandom"}) {
    allow(rules_, file, reading);
  }
  allow(rules_, "/dev/null", reading | writing);
  for (auto const& path : confinement.readable) allow(rules_, path, reading);
  for (auto const& path : confinement.writable) allow(rules_, path, reading | writing);
}

FileWall::~FileWall() {
  if (rules_ >= 0) close(rules_);
}

bool FileWall::enter() const noexcept {
  return syscall(SYS_landlock_restrict_self, rules_, 0) == 0;
}

bool enter_sandbox(Confinement const& confinement, FileWall const& wall) noexcept {
  auto seconds = static_cast<rlim_t>(confinement.time_max.count() / 1000 + 1);
  return limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, files_max) &&
         limit(RLIMIT_AS, confinement.memory_bytes_max) && limit(RLIMIT_FSIZE, confinement.file_bytes_max) &&
         limit(RLIMIT_CPU, seconds * 4, 1) &&  // of all its threads together; SIGXCPU before SIGKILL
         prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && (!wall.exists() || wall.enter()) && filter_calls();
}

}  // namespace posy::media
