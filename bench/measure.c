/*
 * measure FILE SECONDS PROGRAM [ARGUMENT]...
 *
 * Runs a program, kills it after so many seconds, and writes to FILE what it took:
 *
 *   elapsed processor resident status
 *
 * in microseconds, microseconds of all its threads in user and system mode, kilobytes at most, and its exit
 * code, 128 + signal where one ended it. GNU time counts in hundredths of a second, and small models take less.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pid_t child;

static void enough(int signal) {
  (void)signal;
  kill(child, SIGKILL);
}

static long long clocked(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static long long microseconds(struct timeval time) { return time.tv_sec * 1000000LL + time.tv_usec; }

int main(int count, char **words) {
  if (count < 4) {
    fputs("usage: measure FILE SECONDS PROGRAM [ARGUMENT]...\n", stderr);
    return 2;
  }
  long long start = clocked();
  child = fork();
  if (child < 0) {
    perror("fork");
    return 2;
  }
  if (child == 0) {
    execvp(words[3], words + 3);
    fprintf(stderr, "%s: %s\n", words[3], strerror(errno));
    _exit(127);
  }
  signal(SIGALRM, enough);
  alarm((unsigned)atoi(words[2]));
  int status;
  struct rusage usage;
  while (wait4(child, &status, 0, &usage) < 0)
    if (errno != EINTR) {
      perror("wait4");
      return 2;
    }
  long long end = clocked();
  FILE *out = fopen(words[1], "w");
  if (out == NULL) {
    perror(words[1]);
    return 2;
  }
  fprintf(out, "%lld %lld %ld %d\n", end - start,
          microseconds(usage.ru_utime) + microseconds(usage.ru_stime), usage.ru_maxrss,
          WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
  fclose(out);
  return 0;
}
