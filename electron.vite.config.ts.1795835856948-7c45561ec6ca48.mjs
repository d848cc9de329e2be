import "node:module";
import { resolve } from "node:path";
import ui from "@nuxt/ui/vite";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "electron-vite";
// electron.vite.config.ts
const part = process.env["PIMOE_BUILD"];
const mainSide = {
	main: { build: {
		outDir: "dist/main",
		emptyOutDir: false,
		sourcemap: true,
		externalizeDeps: { exclude: ["zod"] },
		rolldownOptions: {
			input: {
				electron: "src-main/electron/main.ts",
				application: "src-main/electron/utility.ts",
				http: "src-main/http/main.ts",
				cli: "src-main/cli/main.ts",
				trainingWorker: "src-main/training/trainingWorker.ts",
				batchWorker: "src-main/services/batch/batchWorker.ts",
				parquetWorker: "src-main/readers/containers/parquetWorker.ts",
				crewFollower: "src-main/kernels/crewFollower.ts"
			},
			output: {
				entryFileNames: "[name].js",
				chunkFileNames: "[name]-[hash].js"
			}
		}
	} },
	preload: { build: {
		outDir: "dist/preload",
		rolldownOptions: {
			input: { preload: "src-main/electron/preload.ts" },
			output: {
				format: "cjs",
				entryFileNames: "preload.cjs"
			}
		}
	} }
};
const page = { renderer: {
	root: "src-renderer",
	base: "./",
	build: {
		outDir: resolve("dist/renderer"),
		emptyOutDir: true,
		modulePreload: { polyfill: false },
		assetsInlineLimit: 0,
		minify: true,
		chunkSizeWarningLimit: 2e3,
		rolldownOptions: { input: "src-renderer/index.html" }
	},
	plugins: [vue(), ui({
		dts: false,
		colorMode: false,
		icon: { clientBundle: { scan: { globInclude: ["**/*.{vue,ts}"] } } },
		ui: {
			colors: {
				primary: "blue",
				neutral: "slate"
			},
			button: { compoundVariants: [{
				color: "primary",
				variant: "solid",
				class: "hover:bg-(--primary-hover) active:bg-(--primary-hover) disabled:opacity-50 aria-disabled:opacity-50"
			}] }
		}
	})]
} };
var electron_vite_config_default = defineConfig({
	...part === "renderer" ? {} : mainSide,
	...part === "main" ? {} : page
});
export { electron_vite_config_default as default };

//# sourceMappingURL=data:application/json;charset=utf-8;base64,eyJ2ZXJzaW9uIjozLCJmaWxlIjoiZWxlY3Ryb24udml0ZS5jb25maWcuanMiLCJuYW1lcyI6W10sInNvdXJjZXMiOlsiL3dvcmsvd3Qvd2luZG93L2VsZWN0cm9uLnZpdGUuY29uZmlnLnRzIl0sInNvdXJjZXNDb250ZW50IjpbImltcG9ydCB7IHJlc29sdmUgfSBmcm9tICdub2RlOnBhdGgnXG5pbXBvcnQgdWkgZnJvbSAnQG51eHQvdWkvdml0ZSdcbmltcG9ydCB2dWUgZnJvbSAnQHZpdGVqcy9wbHVnaW4tdnVlJ1xuaW1wb3J0IHsgZGVmaW5lQ29uZmlnIH0gZnJvbSAnZWxlY3Ryb24tdml0ZSdcblxuLy8gc2NyaXB0cy9idWlsZC5tanMgYnVpbGRzIHRoZSB0d28gcGFydHMgYXBhcnQsIHNvIHRoYXQgdGhlIGNvbW1hbmQgbGluZSBuZXZlciB3YWl0cyBmb3IgdGhlIHBhZ2UuXG5jb25zdCBwYXJ0ID0gcHJvY2Vzcy5lbnZbJ1BJTU9FX0JVSUxEJ11cblxuY29uc3QgZW50cmllcyA9IHtcbiAgZWxlY3Ryb246ICdzcmMtbWFpbi9lbGVjdHJvbi9tYWluLnRzJyxcbiAgYXBwbGljYXRpb246ICdzcmMtbWFpbi9lbGVjdHJvbi91dGlsaXR5LnRzJyxcbiAgaHR0cDogJ3NyYy1tYWluL2h0dHAvbWFpbi50cycsXG4gIGNsaTogJ3NyYy1tYWluL2NsaS9tYWluLnRzJyxcbiAgdHJhaW5pbmdXb3JrZXI6ICdzcmMtbWFpbi90cmFpbmluZy90cmFpbmluZ1dvcmtlci50cycsXG4gIGJhdGNoV29ya2VyOiAnc3JjLW1haW4vc2VydmljZXMvYmF0Y2gvYmF0Y2hXb3JrZXIudHMnLFxuICBwYXJxdWV0V29ya2VyOiAnc3JjLW1haW4vcmVhZGVycy9jb250YWluZXJzL3BhcnF1ZXRXb3JrZXIudHMnLFxuICBjcmV3Rm9sbG93ZXI6ICdzcmMtbWFpbi9rZXJuZWxzL2NyZXdGb2xsb3dlci50cycsXG59XG5cbmNvbnN0IG1haW5TaWRlID0ge1xuICBtYWluOiB7XG4gICAgYnVpbGQ6IHtcbiAgICAgIG91dERpcjogJ2Rpc3QvbWFpbicsXG4gICAgICAvLyBBIHByb2dyYW0gdGhhdCBydW5zIG1heSBzdGlsbCBsb2FkIHRoZSBjaHVua3MgaXQgd2FzIHN0YXJ0ZWQgZnJvbTsgc2NyaXB0cy9idWlsZC5tanMgY2xlYXJzIHRoZSBvbGRlciBvbmVzLlxuICAgICAgZW1wdHlPdXREaXI6IGZhbHNlLFxuICAgICAgc291cmNlbWFwOiB0cnVlLFxuICAgICAgLy8gSGFsZiBvZiB3aGF0IGEgc2hvcnQgY29tbWFuZCB0YWtlcyB0byBzdGFydCB3b3VsZCBiZSBpdHMgbW9kdWxlcywgbW9zdCBvZiB0aGVtIG1lc3NhZ2VzIGluIG90aGVyIGxhbmd1YWdlcy5cbiAgICAgIGV4dGVybmFsaXplRGVwczogeyBleGNsdWRlOiBbJ3pvZCddIH0sXG4gICAgICByb2xsZG93bk9wdGlvbnM6IHtcbiAgICAgICAgaW5wdXQ6IGVudHJpZXMsXG4gICAgICAgIC8vIEZsYXQ6IGEgd29ya2VyIGFuZCB0aGUgcHJvZ3JhbSdzIGZvbGRlciBhcmUgZm91bmQgZnJvbSBhbnkgY2h1bmsgYnkgdGhlIHNhbWUgcmVsYXRpdmUgcGF0aC5cbiAgICAgICAgb3V0cHV0OiB7IGVudHJ5RmlsZU5hbWVzOiAnW25hbWVdLmpzJywgY2h1bmtGaWxlTmFtZXM6ICdbbmFtZV0tW2hhc2hdLmpzJyB9LFxuICAgICAgfSxcbiAgICB9LFxuICB9LFxuICBwcmVsb2FkOiB7XG4gICAgYnVpbGQ6IHtcbiAgICAgIG91dERpcjogJ2Rpc3QvcHJlbG9hZCcsXG4gICAgICByb2xsZG93bk9wdGlvbnM6IHtcbiAgICAgICAgaW5wdXQ6IHsgcHJlbG9hZDogJ3NyYy1tYWluL2VsZWN0cm9uL3ByZWxvYWQudHMnIH0sXG4gICAgICAgIG91dHB1dDogeyBmb3JtYXQ6ICdjanMnIGFzIGNvbnN0LCBlbnRyeUZpbGVOYW1lczogJ3ByZWxvYWQuY2pzJyB9LFxuICAgICAgfSxcbiAgICB9LFxuICB9LFxufVxuXG5jb25zdCBwYWdlID0ge1xuICByZW5kZXJlcjoge1xuICAgIHJvb3Q6ICdzcmMtcmVuZGVyZXInLFxuICAgIGJhc2U6ICcuLycsXG4gICAgYnVpbGQ6IHtcbiAgICAgIG91dERpcjogcmVzb2x2ZSgnZGlzdC9yZW5kZXJlcicpLFxuICAgICAgZW1wdHlPdXREaXI6IHRydWUsXG4gICAgICBtb2R1bGVQcmVsb2FkOiB7IHBvbHlmaWxsOiBmYWxzZSB9LFxuICAgICAgLy8gQSBkYXRhOiBmb250IG9yIHNjcmlwdCB3b3VsZCBuZWVkIGEgd2lkZXIgY29udGVudCBzZWN1cml0eSBwb2xpY3kuXG4gICAgICBhc3NldHNJbmxpbmVMaW1pdDogMCxcbiAgICAgIG1pbmlmeTogdHJ1ZSxcbiAgICAgIGNodW5rU2l6ZVdhcm5pbmdMaW1pdDogMjAwMCxcbiAgICAgIHJvbGxkb3duT3B0aW9uczogeyBpbnB1dDogJ3NyYy1yZW5kZXJlci9pbmRleC5odG1sJyB9LFxuICAgIH0sXG4gICAgcGx1Z2luczogW1xuICAgICAgdnVlKCksXG4gICAgICB1aSh7XG4gICAgICAgIGR0czogZmFsc2UsXG4gICAgICAgIGNvbG9yTW9kZTogZmFsc2UsXG4gICAgICAgIGljb246IHsgY2xpZW50QnVuZGxlOiB7IHNjYW46IHsgZ2xvYkluY2x1ZGU6IFsnKiovKi57dnVlLHRzfSddIH0gfSB9LFxuICAgICAgICB1aToge1xuICAgICAgICAgIGNvbG9yczogeyBwcmltYXJ5OiAnYmx1ZScsIG5ldXRyYWw6ICdzbGF0ZScgfSxcbiAgICAgICAgICAvLyBJdHMgb3duIGhvdmVyIGxldHMgdGhlIHBhZ2Ugc2hpbmUgdGhyb3VnaDogd29yZHMgb24gaXQgd291bGQgbm8gbG9uZ2VyIHN0YW5kIG91dC5cbiAgICAgICAgICBidXR0b246IHtcbiAgICAgICAgICAgIGNvbXBvdW5kVmFyaWFudHM6IFtcbiAgICAgICAgICAgICAge1xuICAgICAgICAgICAgICAgIGNvbG9yOiAncHJpbWFyeScsXG4gICAgICAgICAgICAgICAgdmFyaWFudDogJ3NvbGlkJyxcbiAgICAgICAgICAgICAgICBjbGFzczpcbiAgICAgICAgICAgICAgICAgICdob3ZlcjpiZy0oLS1wcmltYXJ5LWhvdmVyKSBhY3RpdmU6YmctKC0tcHJpbWFyeS1ob3ZlcikgZGlzYWJsZWQ6b3BhY2l0eS01MCBhcmlhLWRpc2FibGVkOm9wYWNpdHktNTAnLFxuICAgICAgICAgICAgICB9LFxuICAgICAgICAgICAgXSxcbiAgICAgICAgICB9LFxuICAgICAgICB9LFxuICAgICAgfSksXG4gICAgXSxcbiAgfSxcbn1cblxuZXhwb3J0IGRlZmF1bHQgZGVmaW5lQ29uZmlnKHtcbiAgLi4uKHBhcnQgPT09ICdyZW5kZXJlcicgPyB7fSA6IG1haW5TaWRlKSxcbiAgLi4uKHBhcnQgPT09ICdtYWluJyA/IHt9IDogcGFnZSksXG59KVxuIl0sIm1hcHBpbmdzIjoiOzs7Ozs7QUFNQSxNQUFNLE9BQU8sUUFBUSxJQUFJO0FBYXpCLE1BQU0sV0FBVztDQUNmLE1BQU0sRUFDSixPQUFPO0VBQ0wsUUFBUTtFQUVSLGFBQWE7RUFDYixXQUFXO0VBRVgsaUJBQWlCLEVBQUUsU0FBUyxDQUFDLEtBQUssRUFBRTtFQUNwQyxpQkFBaUI7R0FDZixPQUFPO0lBcEJiLFVBQVU7SUFDVixhQUFhO0lBQ2IsTUFBTTtJQUNOLEtBQUs7SUFDTCxnQkFBZ0I7SUFDaEIsYUFBYTtJQUNiLGVBQWU7SUFDZixjQUFjO0dBYUs7R0FFYixRQUFRO0lBQUUsZ0JBQWdCO0lBQWEsZ0JBQWdCO0dBQW1CO0VBQzVFO0NBQ0YsRUFDRjtDQUNBLFNBQVMsRUFDUCxPQUFPO0VBQ0wsUUFBUTtFQUNSLGlCQUFpQjtHQUNmLE9BQU8sRUFBRSxTQUFTLCtCQUErQjtHQUNqRCxRQUFRO0lBQUUsUUFBUTtJQUFnQixnQkFBZ0I7R0FBYztFQUNsRTtDQUNGLEVBQ0Y7QUFDRjtBQUVBLE1BQU0sT0FBTyxFQUNYLFVBQVU7Q0FDUixNQUFNO0NBQ04sTUFBTTtDQUNOLE9BQU87RUFDTCxRQUFRLFFBQVEsZUFBZTtFQUMvQixhQUFhO0VBQ2IsZUFBZSxFQUFFLFVBQVUsTUFBTTtFQUVqQyxtQkFBbUI7RUFDbkIsUUFBUTtFQUNSLHVCQUF1QjtFQUN2QixpQkFBaUIsRUFBRSxPQUFPLDBCQUEwQjtDQUN0RDtDQUNBLFNBQVMsQ0FDUCxJQUFJLEdBQ0osR0FBRztFQUNELEtBQUs7RUFDTCxXQUFXO0VBQ1gsTUFBTSxFQUFFLGNBQWMsRUFBRSxNQUFNLEVBQUUsYUFBYSxDQUFDLGVBQWUsRUFBRSxFQUFFLEVBQUU7RUFDbkUsSUFBSTtHQUNGLFFBQVE7SUFBRSxTQUFTO0lBQVEsU0FBUztHQUFRO0dBRTVDLFFBQVEsRUFDTixrQkFBa0IsQ0FDaEI7SUFDRSxPQUFPO0lBQ1AsU0FBUztJQUNULE9BQ0U7R0FDSixDQUNGLEVBQ0Y7RUFDRjtDQUNGLENBQUMsQ0FDSDtBQUNGLEVBQ0Y7QUFFQSxJQUFBLCtCQUFlLGFBQWE7Q0FDMUIsR0FBSSxTQUFTLGFBQWEsQ0FBQyxJQUFJO0NBQy9CLEdBQUksU0FBUyxTQUFTLENBQUMsSUFBSTtBQUM3QixDQUFDIn0=