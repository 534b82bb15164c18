// The first script of the page: what it can see was there before it.
window.early = [typeof window.fixture, typeof window.require, typeof window.process, typeof window.module, typeof window.onlyInPreload].join(' ');
