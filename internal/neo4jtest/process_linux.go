package neo4jtest

import (
	"os/exec"
	"syscall"
)

// endWithParent makes a process end with this one, however it ends.
func endWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
